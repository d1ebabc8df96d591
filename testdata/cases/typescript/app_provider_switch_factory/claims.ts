import { generateText } from "ai";
import { getModel } from "./model";

interface Policyholder {
  socialSecurityNumber: string;
}

export async function review(holder: Policyholder) {
  // flow: gov_id.ssn -> deepseek|openai/possible
  const { text } = await generateText({
    model: getModel(process.env.LLM_PROVIDER),
    prompt: `Find duplicates of ${holder.socialSecurityNumber}`,
  });
  return text;
}
