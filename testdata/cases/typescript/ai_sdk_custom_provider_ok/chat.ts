import { streamText } from "ai";
import { clinic } from "./provider";

export function chat(diagnosis: string, selected: string) {
  // call: openai/domestic
  return streamText({ model: clinic.languageModel("chat-model"), prompt: diagnosis });
}
