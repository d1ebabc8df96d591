import { createOpenAI } from "@ai-sdk/openai";
import { generateText } from "ai";

const qwen = createOpenAI({
  apiKey: process.env.DASHSCOPE_API_KEY,
  baseURL: "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
});

export async function screen(resumeText: string) {
  // flow: hr.resume -> alibaba/foreign
  const { text } = await generateText({
    model: qwen.chat("qwen-max"),
    system: "Rate the fit for a backend role from 1 to 5.",
    prompt: resumeText,
  });
  return text;
}
