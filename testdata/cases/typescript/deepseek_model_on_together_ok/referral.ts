import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText } from "ai";

interface Patient {
  ssn: string;
  diagnosis: string;
}

const together = createOpenAICompatible({
  name: "together",
  baseURL: "https://api.together.xyz/v1",
  apiKey: process.env.TOGETHER_API_KEY,
});

export async function referral(patient: Patient) {
  // call: togetherai/domestic
  const { text } = await generateText({
    model: together("deepseek-ai/DeepSeek-V3"),
    prompt: `Referral for ${patient.diagnosis}, SSN ${patient.ssn}`,
  });
  return text;
}
