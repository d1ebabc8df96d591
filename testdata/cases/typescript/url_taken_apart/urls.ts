import OpenAI from "openai";

type Patient = { diagnosis: string };
const body = (patient: Patient) => ({ model: "m", messages: [{ role: "user" as const, content: patient.diagnosis }] });

export function href(patient: Patient) {
  const client = new OpenAI({ baseURL: new URL("/v1", "https://api.deepseek.com").href });
  // flow: phi.diagnosis -> deepseek/foreign
  return client.chat.completions.create(body(patient));
}

export function origin(patient: Patient) {
  const client = new OpenAI({ baseURL: new URL("https://api.deepseek.com/a/b").origin + "/v1" });
  // flow: phi.diagnosis -> deepseek/foreign
  return client.chat.completions.create(body(patient));
}

export function written(patient: Patient) {
  const client = new OpenAI({ baseURL: new URL("/v1", "https://api.deepseek.com").toString() });
  // flow: phi.diagnosis -> deepseek/foreign
  return client.chat.completions.create(body(patient));
}
