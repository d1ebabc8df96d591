import OpenAI from "openai";

let client: OpenAI | undefined;

function getClient() {
  return (client ??= new OpenAI({
    apiKey: process.env.LLM_API_KEY,
    baseURL: process.env.LLM_BASE_URL || "https://api.z.ai/api/paas/v4",
  }));
}

export type Message = { role: "system" | "user" | "assistant"; content: string };

export async function chat(messages: Message[], options: { temperature?: number } = {}) {
  // flow: special.immigration -> zai/foreign
  const completion = await getClient().chat.completions.create({
    model: "glm-4.6",
    messages,
    ...options,
  });
  return completion.choices[0].message.content;
}
