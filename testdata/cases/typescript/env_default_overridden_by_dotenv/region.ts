import "dotenv/config";
import OpenAI from "openai";

interface Caller {
  phoneNumber: string;
  topicCode: number;
}

const client = new OpenAI({
  apiKey: process.env.LLM_API_KEY,
  baseURL: process.env.LLM_BASE_URL || "https://api.openai.com/v1",
});

export async function regionOf(caller: Caller) {
  // flow: pii.contact.phone -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: process.env.LLM_MODEL || "gpt-4o-mini",
    messages: [{ role: "user", content: `Which region does ${caller.phoneNumber} belong to?` }],
  });
  return completion.choices[0].message.content;
}
