import type { Resident } from "./generated/graphql";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

export async function letter(resident: Resident) {
  const text = JSON.stringify({ unit: resident.unit });
  // call: deepseek/foreign
  const reply = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Write to ${text}` }],
  });
  return reply.choices[0].message.content;
}
