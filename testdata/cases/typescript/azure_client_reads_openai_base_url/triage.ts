import { AzureOpenAI } from "openai";

const client = new AzureOpenAI({ apiVersion: "2024-10-21" });

export async function triage(patient: { diagnosis: string }): Promise<string> {
  // flow: phi.diagnosis -> deepseek/foreign
  const answer = await client.chat.completions.create({
    model: "ward-gpt4o",
    messages: [{ role: "user", content: `How urgent is ${patient.diagnosis}?` }],
  });
  return answer.choices[0].message.content ?? "";
}
