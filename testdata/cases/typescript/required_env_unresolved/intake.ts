import OpenAI from "openai";

function requireEnv(key: string): string {
  const value = process.env[key];
  if (!value) {
    throw new Error(`${key} is not set`);
  }
  return value;
}

interface Patient {
  socialSecurityNumber: string;
  languageCode: string;
}

const client = new OpenAI({
  baseURL: requireEnv("INTAKE_LLM_URL"),
  apiKey: requireEnv("INTAKE_LLM_KEY"),
});

export async function coverage(patient: Patient) {
  // flow: gov_id.ssn -> unknown/unresolved
  const completion = await client.chat.completions.create({
    model: requireEnv("INTAKE_LLM_MODEL"),
    messages: [{ role: "user", content: "Check coverage for " + patient.socialSecurityNumber }],
  });
  return completion.choices[0].message.content;
}
