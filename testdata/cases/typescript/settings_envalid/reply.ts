import OpenAI from "openai";
import { cleanEnv, str, url } from "envalid";

const env = cleanEnv(process.env, { LLM_URL: url({ default: "https://api.deepseek.com/v1" }), NAME: str() });


export async function reply(email: string) {
  const client = new OpenAI({ baseURL: env.LLM_URL, apiKey: "unused" });
  // flow: pii.contact.email -> deepseek/foreign
  const answer = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Answer ${email} politely.` }],
  });
  return answer.choices[0].message.content;
}
