import OpenAI from "openai";

type Patient = { diagnosis: string };
const body = (patient: Patient) => ({ model: "m", messages: [{ role: "user" as const, content: patient.diagnosis }] });

export function absolute(patient: Patient) {
  // An absolute address does not care for the base.
  const client = new OpenAI({ baseURL: new URL("https://api.openai.com/v1", "https://api.deepseek.com").href });
  // call: openai/domestic
  return client.chat.completions.create(body(patient));
}
