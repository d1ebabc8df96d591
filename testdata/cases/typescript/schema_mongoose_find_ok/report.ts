import { Applicant } from "./models";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

export async function rank(opening: string) {
  const rows = await Applicant.find({ opening }, { resumeText: 0 }).lean();
  // call: deepseek/foreign
  const reply = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: JSON.stringify(rows) }],
  });
  return reply.choices[0].message.content;
}
