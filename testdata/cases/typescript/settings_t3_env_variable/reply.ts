import OpenAI from "openai";
import { createEnv } from "@t3-oss/env-core";
import { z } from "zod";

const env = createEnv({
  server: { LLM_URL: z.string().url().default("http://localhost:1/v1") },
  runtimeEnv: process.env,
});


export async function reply(email: string) {
  const client = new OpenAI({ baseURL: env.LLM_URL, apiKey: "unused" });
  // flow: pii.contact.email -> deepseek/foreign
  const answer = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Answer ${email} politely.` }],
  });
  return answer.choices[0].message.content;
}
