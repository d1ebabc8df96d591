import { generateText } from "ai";
import { createOpenRouter } from "@openrouter/ai-sdk-provider";

const openrouter = createOpenRouter({ apiKey: process.env.KEY });

export async function summarise(diagnosis: string) {
  // call: openrouter/domestic
  const { text } = await generateText({
    model: openrouter("deepseek/deepseek-chat", { provider: { only: ["together"] } }),
    prompt: diagnosis,
  });
  return text;
}
