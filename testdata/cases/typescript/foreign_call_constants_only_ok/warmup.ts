import OpenAI from "openai";

const PING = "Reply with the single word pong.";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

export async function latency(): Promise<number> {
  const started = performance.now();
  // call: deepseek/foreign
  await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: PING }],
    max_tokens: 4,
  });
  return performance.now() - started;
}
