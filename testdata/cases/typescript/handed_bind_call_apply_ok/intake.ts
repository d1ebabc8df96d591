import OpenAI from "openai";

const client = new OpenAI({ baseURL: "https://api.deepseek.com" });
type Patient = { diagnosis: string; ward: string };
const body = (text: string) => ({ model: "m", messages: [{ role: "user" as const, content: text }] });

export async function bound(patient: Patient) {
  const create = client.chat.completions.create.bind(client.chat.completions);
  // call: deepseek/foreign
  return create(body(patient.ward));
}

export async function applied(patient: Patient) {
  // call: deepseek/foreign
  return client.chat.completions.create.apply(client.chat.completions, [body(patient.ward), { user: "x" }]);
}

export function called(patient: Patient, phone: { call(number: string, note: string): void }) {
  // ok: a method of that name, which calls a number
  phone.call("12345", patient.diagnosis);
}
