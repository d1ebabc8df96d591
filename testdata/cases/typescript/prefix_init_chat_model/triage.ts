import { initChatModel } from "langchain";

export async function triage(patient: { diagnosis: string }): Promise<string> {
  const abroad = await initChatModel("deepseek:deepseek-chat");
  const home = await initChatModel("gpt-4o-mini", { modelProvider: "openai" });
  // flow: phi.diagnosis -> deepseek/foreign
  const first = await abroad.invoke(`How urgent is ${patient.diagnosis}?`);
  // call: openai/domestic
  const second = await home.invoke(`How urgent is ${patient.diagnosis}?`);
  return `${first.content} ${second.content}`;
}
