import { createProviderRegistry } from "ai";
import { openai } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";

const providers: Record<string, any> = {
  openai,
  kimi: createOpenAICompatible({ name: "kimi", baseURL: "https://api.moonshot.cn/v1" }),
};

export const registry = createProviderRegistry(providers);

export function getModel(id: string) {
  return registry.languageModel(id as `openai:${string}`);
}
