"use server";

import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText } from "ai";

const qwen = createOpenAICompatible({
  name: "qwen",
  baseURL: "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
  apiKey: process.env.DASHSCOPE_API_KEY,
});

export async function explainNumber(formData: FormData) {
  const value = String(formData.get("ssn") ?? "");
  if (!value) return { error: "missing" };
  // flow: gov_id.ssn -> alibaba/foreign
  const { text } = await generateText({
    model: qwen("qwen-plus"),
    prompt: `Which office issued ${value}?`,
  });
  return { text };
}
