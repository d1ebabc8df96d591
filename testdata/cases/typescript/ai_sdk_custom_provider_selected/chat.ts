import { streamText } from "ai";
import { clinic } from "./provider";

export function chat(diagnosis: string, selected: string) {
  // flow: phi.diagnosis -> openai|deepseek/possible
  return streamText({ model: clinic.languageModel(selected), prompt: diagnosis });
}
