import OpenAI from "openai";
import { env } from "./env";

const client = new OpenAI({ apiKey: env.LLM_API_KEY, baseURL: env.LLM_BASE_URL });

export async function greet(customer: { email: string; plan: string }) {
  // flow: pii.contact.email -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Greet ${customer.email}` }],
  });
  return completion.choices[0].message.content;
}
