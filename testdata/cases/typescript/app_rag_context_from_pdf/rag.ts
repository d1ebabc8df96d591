import { PDFLoader } from "@langchain/community/document_loaders/fs/pdf";
import OpenAI from "openai";

const client = new OpenAI({
  apiKey: process.env.ZHIPU_API_KEY,
  baseURL: "https://open.bigmodel.cn/api/paas/v4",
});

async function loadChunks(path: string, limit = 8) {
  const docs = await new PDFLoader(path).load();
  return docs.slice(0, limit).map((doc) => doc.pageContent);
}

export async function whoSignsOff() {
  const chunks = await loadChunks("handbook/operations.pdf");
  const context = chunks.join("\n\n");
  // flow: document.internal -> zhipuai/foreign
  const completion = await client.chat.completions.create({
    model: "glm-4-plus",
    messages: [
      { role: "system", content: "Answer from the context only." },
      { role: "user", content: `<context>\n${context}\n</context>\nWho signs off a release?` },
    ],
  });
  return completion.choices[0].message.content;
}
