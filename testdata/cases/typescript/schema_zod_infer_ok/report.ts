import { z } from "zod";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

const Intake = z.object({ topic: z.string(), diagnosis: z.string() });
type Intake = z.infer<typeof Intake>;

export async function intake(data: Intake) {
  const text = JSON.stringify({ topic: data.topic });
  // call: deepseek/foreign
  const reply = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: text }],
  });
  return reply.choices[0].message.content;
}
