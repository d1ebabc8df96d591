import OpenAI from "openai";

const client = new OpenAI({ baseURL: "https://openrouter.ai/api/v1" });

export async function summarise(diagnosis: string) {
  // flow: phi.diagnosis -> openrouter/possible
  return client.chat.completions.create({
    model: "deepseek/deepseek-chat",
    messages: [{ role: "user", content: diagnosis }],
    provider: { zdr: true },
  } as any);
}
