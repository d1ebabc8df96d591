import { streamText } from "ai";
import { clinic } from "./provider";

export function chat(diagnosis: string, selected: string) {
  // flow: phi.diagnosis -> deepseek/foreign
  return streamText({ model: clinic.languageModel("reasoning-model"), prompt: diagnosis });
}
