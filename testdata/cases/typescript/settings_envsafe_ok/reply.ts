import OpenAI from "openai";
import { envsafe, str } from "envsafe";

const env = envsafe({ LLM_URL: str({ default: "https://api.openai.com/v1" }) });


export async function reply(email: string) {
  const client = new OpenAI({ baseURL: env.LLM_URL, apiKey: "unused" });
  // call: openai/domestic
  const answer = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Answer ${email} politely.` }],
  });
  return answer.choices[0].message.content;
}
