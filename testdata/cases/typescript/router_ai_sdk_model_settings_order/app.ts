import { generateText } from "ai";
import { createOpenRouter } from "@openrouter/ai-sdk-provider";

const openrouter = createOpenRouter({ apiKey: process.env.KEY });

export async function summarise(diagnosis: string) {
  // flow: phi.diagnosis -> openrouter/possible
  const { text } = await generateText({
    model: openrouter("deepseek/deepseek-chat", { provider: { order: ["together"] } }),
    prompt: diagnosis,
  });
  return text;
}
