import OpenAI from "openai";

interface Patient {
  ssn: string;
  diagnosis: string;
}

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

export async function templateFor(patient: Patient, audit: (line: string) => void) {
  let prompt = `Patient ${patient.ssn} has ${patient.diagnosis}.`;
  audit(prompt);
  prompt = "Write an empty discharge letter template.";
  // call: deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: prompt }],
  });
  return completion.choices[0].message.content;
}
