import { generateText } from "ai";
import { gateway } from "@ai-sdk/gateway";

export async function summarise(diagnosis: string) {
  // call: vercel-ai-gateway/domestic
  const { text } = await generateText({
    model: gateway("deepseek/deepseek-v3"),
    prompt: diagnosis,
    providerOptions: { gateway: { only: ["fireworks", "togetherai"] } },
  });
  return text;
}
