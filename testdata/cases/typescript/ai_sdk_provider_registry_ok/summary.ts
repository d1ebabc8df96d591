import { generateText } from "ai";
import { getModel } from "./models";

export async function summary(diagnosis: string, chosen: string) {
  // call: openai|groq/domestic
  const { text } = await generateText({ model: getModel(chosen), prompt: diagnosis });
  return text;
}
