import { generateText } from "ai";
import { createOpenRouter } from "@openrouter/ai-sdk-provider";

const openrouter = createOpenRouter({ apiKey: process.env.KEY });

export async function summarise(diagnosis: string) {
  // call: openrouter/domestic
  const { text } = await generateText({
    model: openrouter("deepseek/deepseek-chat"),
    prompt: diagnosis,
    providerOptions: { openrouter: { provider: { order: ["groq"], allow_fallbacks: false } } },
  });
  return text;
}
