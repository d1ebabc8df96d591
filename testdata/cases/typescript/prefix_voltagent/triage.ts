import { Agent } from "@voltagent/core";

const home = new Agent({ name: "home", instructions: "You triage.", model: "openai/gpt-4o-mini" });
const abroad = new Agent({ name: "abroad", instructions: "You triage.", model: "deepseek/deepseek-chat" });

export async function triage(patient: { diagnosis: string }): Promise<string> {
  // flow: phi.diagnosis -> deepseek/foreign
  const first = await abroad.generateText(`How urgent is ${patient.diagnosis}?`);
  // call: openai/domestic
  const second = await home.generateText(`How urgent is ${patient.diagnosis}?`);
  return first.text + second.text;
}
