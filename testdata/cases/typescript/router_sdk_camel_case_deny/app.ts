import { OpenRouter } from "@openrouter/sdk";

const client = new OpenRouter({ apiKey: process.env.KEY });

export async function summarise(diagnosis: string) {
  // flow: phi.diagnosis -> openrouter/possible
  return client.chat.send({
    model: "deepseek/deepseek-chat",
    messages: [{ role: "user", content: diagnosis }],
    provider: { dataCollection: "deny" },
  });
}
