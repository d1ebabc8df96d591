import { generateText } from "ai";
import { gateway } from "@ai-sdk/gateway";

export async function summarise(diagnosis: string) {
  // flow: phi.diagnosis -> vercel-ai-gateway/possible
  const { text } = await generateText({
    model: gateway("deepseek/deepseek-v3"),
    prompt: diagnosis,
    providerOptions: { gateway: { order: ["fireworks"] } },
  });
  return text;
}
