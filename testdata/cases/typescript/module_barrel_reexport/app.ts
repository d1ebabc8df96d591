import { build } from "./prompts";
import type { Patient } from "./prompts/detailed";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

export async function explain(patient: Patient) {
  // flow: phi.diagnosis -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: build(patient) }],
  });
  return completion.choices[0].message.content;
}
