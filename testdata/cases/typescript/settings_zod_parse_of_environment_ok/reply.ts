import OpenAI from "openai";
import { z } from "zod";

const schema = z.object({ LLM_URL: z.string().default("https://api.openai.com/v1"), PORT: z.coerce.number() });
const env = schema.parse(process.env);


export async function reply(email: string) {
  const client = new OpenAI({ baseURL: env.LLM_URL, apiKey: "unused" });
  // call: openai/domestic
  const answer = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Answer ${email} politely.` }],
  });
  return answer.choices[0].message.content;
}
