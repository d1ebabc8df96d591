import OpenAI from "openai";

interface Patient {
  ssn: string;
  diagnosis: string;
  wardCode: string;
}

const client = new OpenAI({
  apiKey: process.env.DEEPSEEK_API_KEY,
  baseURL: "https://api.deepseek.com",
});

export async function dischargeLetter(patient: Patient): Promise<string> {
  const prompt = `Write a discharge letter.
Social security number: ${patient.ssn}
Findings: ${patient.diagnosis}`;
  // flow: gov_id.ssn, phi.diagnosis -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: prompt }],
  });
  return completion.choices[0].message.content ?? "";
}
