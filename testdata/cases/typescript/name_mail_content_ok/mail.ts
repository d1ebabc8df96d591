import { generateText } from "ai";
import { createMistral } from "@ai-sdk/mistral";

type EmailForPrompt = { from: string; subject: string; content: string; labels: string[] };
type Lesson = { subject: string; content: string };
const mistral = createMistral();

export async function digest(messages: EmailForPrompt[]) {
  const lines = messages.map((m) => m.labels.length);
  // call: mistral/foreign
  return generateText({ model: mistral("mistral-large-latest"), prompt: lines.join("\n") });
}

export async function answer(lessons: Lesson[]) {
  // call: mistral/foreign
  return generateText({ model: mistral("mistral-large-latest"), prompt: lessons.map((one) => one.content).join("\n") });
}

export async function one(item: Lesson) {
  // call: mistral/foreign
  return generateText({ model: mistral("mistral-large-latest"), prompt: item.subject });
}
