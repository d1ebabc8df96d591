import { generateText } from "ai";
import { createOpenRouter } from "@openrouter/ai-sdk-provider";

const openrouter = createOpenRouter({ apiKey: process.env.KEY });

export async function summarise(diagnosis: string) {
  // flow: phi.diagnosis -> openrouter/foreign
  const { text } = await generateText({
    model: openrouter("deepseek/deepseek-chat", { extraBody: { provider: { only: ["moonshotai"] } } }),
    prompt: diagnosis,
  });
  return text;
}
