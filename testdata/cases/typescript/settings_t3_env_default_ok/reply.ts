import OpenAI from "openai";
import { createEnv } from "@t3-oss/env-nextjs";
import { z } from "zod";

const env = createEnv({
  server: { LLM_URL: z.string().url().default("https://api.openai.com/v1") },
  runtimeEnv: { LLM_URL: process.env.LLM_URL },
});


export async function reply(email: string) {
  const client = new OpenAI({ baseURL: env.LLM_URL, apiKey: "unused" });
  // call: openai/domestic
  const answer = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Answer ${email} politely.` }],
  });
  return answer.choices[0].message.content;
}
