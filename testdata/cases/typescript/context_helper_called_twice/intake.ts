import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Patient {
  ssn: string;
}

const tidy = (value: string) => value.replace(/\s+/g, " ").trim();

export async function intake(patient: Patient, audit: (line: string) => void) {
  const identifier = tidy(patient.ssn);
  const greeting = tidy("Welcome   to the   clinic.");
  audit(identifier);
  // flow: gov_id.ssn -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Translate to Spanish: ${identifier}` }],
  });
  return completion.choices[0].message.content;
}
