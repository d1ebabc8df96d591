import { Agent } from "@mastra/core/agent";

const abroad = new Agent({ name: "abroad", instructions: "You triage.", model: "deepseek/deepseek-chat" });
const home = new Agent({ name: "home", instructions: "You triage.", model: "openai/gpt-4o-mini" });

export async function triage(patient: { diagnosis: string }): Promise<string> {
  // flow: phi.diagnosis -> deepseek/foreign
  const first = await abroad.generate(`How urgent is ${patient.diagnosis}?`);
  // call: openai/domestic
  const second = await home.generate(`How urgent is ${patient.diagnosis}?`);
  return first.text + second.text;
}
