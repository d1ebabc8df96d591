import { generateText } from "ai";
import { getModel } from "./models";

export async function summary(diagnosis: string, chosen: string) {
  // call: openai/domestic
  const { text } = await generateText({ model: getModel("openai:gpt-4o"), prompt: diagnosis });
  return text;
}
