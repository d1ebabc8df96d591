import type { Invoice } from "@prisma/client";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

export async function explain(invoice: Invoice) {
  const text = JSON.stringify(invoice);
  // flow: pci.pan -> deepseek/foreign
  const reply = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Explain this invoice: ${text}` }],
  });
  return reply.choices[0].message.content;
}
