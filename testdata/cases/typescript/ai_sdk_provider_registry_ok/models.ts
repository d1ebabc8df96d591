import { createProviderRegistry } from "ai";
import { openai } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";

const providers: Record<string, any> = {
  openai,
  groq: createOpenAICompatible({ name: "groq", baseURL: "https://api.groq.com/openai/v1" }),
};

export const registry = createProviderRegistry(providers);

export function getModel(id: string) {
  return registry.languageModel(id as `openai:${string}`);
}
