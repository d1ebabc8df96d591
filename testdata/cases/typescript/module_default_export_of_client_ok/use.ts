import { home as llm } from "./client";

export async function verify(person: { ssn: string }) {
  // call: openai/domestic
  const completion = await llm.chat.completions.create({
    model: "default",
    messages: [{ role: "user", content: `Mask the middle of ${person.ssn}` }],
  });
  return completion.choices[0].message.content;
}
