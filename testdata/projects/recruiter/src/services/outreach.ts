import type { Candidate } from "@prisma/client";
import { generateText } from "ai";
import { qwen } from "@/lib/clients";
import { config } from "@/lib/config";

const STYLE = "Friendly, three sentences, no promises.";

export async function invitation(candidate: Candidate): Promise<string> {
  const { email, expectedSalary } = candidate;
  const facts = JSON.stringify({ email, expectedSalary });
  const { text } = await generateText({
    model: qwen(config.qwen.model),
    system: STYLE,
    prompt: `Invite this applicant to a first talk: ${facts}`,
  });
  return text;
}

export async function rejectionTemplate(): Promise<string> {
  const { text } = await generateText({
    model: qwen(config.qwen.model),
    system: STYLE,
    prompt: "Write a rejection template with the placeholders {first} and {role}.",
  });
  return text;
}
