import OpenAI from "openai";
import { config } from "./config";

const client = new OpenAI({ baseURL: config.TRANSLATE_URL, apiKey: process.env.TRANSLATE_KEY });

export async function translate(ticket: { body: string; customerEmail: string }) {
  const answer = await client.chat.completions.create({
    model: config.TRANSLATE_MODEL,
    messages: [{ role: "user", content: `Translate for ${ticket.customerEmail}: ${ticket.body}` }],
  });
  return answer.choices[0].message.content;
}
