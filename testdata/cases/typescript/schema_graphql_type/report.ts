import type { Resident } from "./generated/graphql";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

export async function letter(resident: Resident) {
  const text = JSON.stringify(resident);
  // flow: gov_id.national_id -> deepseek/foreign
  const reply = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Write to ${text}` }],
  });
  return reply.choices[0].message.content;
}
