import { generateText } from "ai";
import { getModel } from "./model";

interface Policyholder {
  socialSecurityNumber: string;
}

export async function review(holder: Policyholder) {
  // call: openai/domestic
  const { text } = await generateText({
    model: getModel("openai"),
    prompt: `Find duplicates of ${holder.socialSecurityNumber}`,
  });
  return text;
}
