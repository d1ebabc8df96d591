import { generateText } from "ai";
import { getModel } from "./models";

export async function summary(diagnosis: string, chosen: string) {
  // flow: phi.diagnosis -> openai|moonshotai-cn/possible
  const { text } = await generateText({ model: getModel(chosen), prompt: diagnosis });
  return text;
}
