import { env } from "$env/dynamic/private";
import OpenAI from "openai";

export async function POST({ request }: { request: Request }) {
  const { diagnosis } = await request.json();
  const client = new OpenAI({ baseURL: env.PRIVATE_LLM_URL, apiKey: "unset" });
  // flow: phi.diagnosis -> deepseek/foreign
  const answer = await client.chat.completions.create({
    model: "m",
    messages: [{ role: "user", content: diagnosis }],
  });
  return new Response(answer.choices[0].message.content);
}
