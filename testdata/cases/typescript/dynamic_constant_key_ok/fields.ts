import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Patient {
  ssn: string;
  queueSlot: string;
}

const FIELD = "queueSlot" as const;

export async function askAbout(patient: Patient) {
  const value = patient[FIELD];
  // call: deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `What kind of value is ${value}?` }],
  });
  return completion.choices[0].message.content;
}
