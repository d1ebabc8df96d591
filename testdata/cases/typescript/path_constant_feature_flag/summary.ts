import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

const INCLUDE_IDENTIFIERS = true;

interface Patient {
  ssn: string;
  wardCode: string;
}

export async function summary(patient: Patient) {
  let prompt = `Write a bed plan for ward ${patient.wardCode}.`;
  if (INCLUDE_IDENTIFIERS) {
    prompt += ` Use ${patient.ssn} as the reference.`;
  }
  // flow: gov_id.ssn -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: prompt }],
  });
  return completion.choices[0].message.content;
}
