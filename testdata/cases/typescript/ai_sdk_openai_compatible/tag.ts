import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText } from "ai";

const siliconflow = createOpenAICompatible({
  name: "siliconflow",
  baseURL: "https://api.siliconflow.cn/v1",
  apiKey: process.env.SILICONFLOW_API_KEY,
});

export async function tag(supportTicket: string): Promise<string> {
  // flow: customer.support_ticket -> siliconflow-cn/foreign
  const result = await generateText({
    model: siliconflow("deepseek-ai/DeepSeek-V3"),
    messages: [
      { role: "system", content: "Answer with one tag: billing, bug or other." },
      { role: "user", content: supportTicket },
    ],
  });
  return result.text;
}
