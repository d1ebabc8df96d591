import { createDeepSeek } from "@ai-sdk/deepseek";
import { createOpenAI } from "@ai-sdk/openai";
import type { LanguageModel } from "ai";

export function getModel(provider: string | undefined): LanguageModel {
  switch (provider) {
    case "deepseek":
      return createDeepSeek({ apiKey: process.env.DEEPSEEK_API_KEY })("deepseek-chat");
    case "openai":
      return createOpenAI({ apiKey: process.env.OPENAI_API_KEY })("gpt-4o-mini");
    default:
      throw new Error(`unknown provider ${provider}`);
  }
}
