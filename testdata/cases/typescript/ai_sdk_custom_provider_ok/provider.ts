import { customProvider } from "ai";
import { openai } from "@ai-sdk/openai";
import { deepseek } from "@ai-sdk/deepseek";

export const clinic = customProvider({
  languageModels: {
    "chat-model": openai("gpt-4o-mini"),
    "reasoning-model": deepseek("deepseek-reasoner"),
  },
});
