import OpenAI from "openai";

const client = new OpenAI({ baseURL: "https://api.deepseek.com" });
type Patient = { diagnosis: string };
const body = (text: string) => ({ model: "m", messages: [{ role: "user" as const, content: text }] });

export async function bound(patient: Patient) {
  const create = client.chat.completions.create.bind(client.chat.completions);
  // flow: phi.diagnosis -> deepseek/foreign
  return create(body(patient.diagnosis));
}

export async function boundWithArguments(patient: Patient) {
  // flow: phi.diagnosis -> deepseek/foreign
  const ask = client.chat.completions.create.bind(client.chat.completions, body(patient.diagnosis));
  return ask();
}

export async function called(patient: Patient) {
  const create = client.chat.completions.create;
  // flow: phi.diagnosis -> deepseek/foreign
  return create.call(client.chat.completions, body(patient.diagnosis));
}

export async function applied(patient: Patient) {
  // flow: phi.diagnosis -> deepseek/foreign
  return client.chat.completions.create.apply(client.chat.completions, [body(patient.diagnosis)]);
}
