import { Driver } from "./driver";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

export async function plan(shift: string) {
  const rows = await Driver.findAll({ where: { shift }, attributes: ["shift", "active"] });
  // call: deepseek/foreign
  const reply = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Plan: ${JSON.stringify(rows)}` }],
  });
  return reply.choices[0].message.content;
}
