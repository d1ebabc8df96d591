import { generateText } from "ai";
import { createMistral } from "@ai-sdk/mistral";

type EmailForPrompt = { from: string; subject: string; content: string; labels: string[] };
const mistral = createMistral();

export async function digest(messages: EmailForPrompt[]) {
  const lines = messages.map((m) => `${m.from}: ${m.subject} ${m.content}`);
  // flow: comm.email_body, pii.contact.email -> mistral/foreign
  return generateText({ model: mistral("mistral-large-latest"), prompt: lines.join("\n") });
}

export async function answer(emails: { content: string }[]) {
  // flow: comm.email_body -> mistral/foreign
  return generateText({ model: mistral("mistral-large-latest"), prompt: emails.map((one) => one.content).join("\n") });
}

export async function one(item: EmailForPrompt) {
  // flow: comm.email_body -> mistral/foreign
  return generateText({ model: mistral("mistral-large-latest"), prompt: item.subject });
}
