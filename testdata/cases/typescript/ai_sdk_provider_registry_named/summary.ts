import { generateText } from "ai";
import { getModel } from "./models";

export async function summary(diagnosis: string, chosen: string) {
  // flow: phi.diagnosis -> moonshotai-cn/foreign
  const { text } = await generateText({ model: getModel("kimi:kimi-k2"), prompt: diagnosis });
  return text;
}
