import type { Request } from "express";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

export async function ask(req: Request) {
  const number = req.body.passportNumber;
  // flow: gov_id.passport -> deepseek/foreign
  const reply = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Check ${number}` }],
  });
  return reply.choices[0].message.content;
}
