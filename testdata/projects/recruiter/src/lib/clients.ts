import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import OpenAI from "openai";
import { config } from "./config";

export const kimi = new OpenAI({
  apiKey: process.env.MOONSHOT_API_KEY,
  baseURL: config.moonshot.baseURL,
});

export const qwen = createOpenAICompatible({
  name: "qwen",
  baseURL: config.qwen.baseURL,
  apiKey: process.env.DASHSCOPE_API_KEY,
});

export const openai = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });
