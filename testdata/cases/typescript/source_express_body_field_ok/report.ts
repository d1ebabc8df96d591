import type { Request } from "express";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

export async function ask(req: Request) {
  const given = req.body.passportNumber !== undefined;
  // call: deepseek/foreign
  const reply = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Complete? ${given}` }],
  });
  return reply.choices[0].message.content;
}
