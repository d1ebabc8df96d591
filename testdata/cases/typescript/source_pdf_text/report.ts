import pdf from "pdf-parse";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

export async function ask(buffer: Buffer) {
  const parsed = await pdf(buffer);
  const text = parsed.text;
  // flow: document.internal -> deepseek/foreign
  const reply = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Shorten: ${text}` }],
  });
  return reply.choices[0].message.content;
}
