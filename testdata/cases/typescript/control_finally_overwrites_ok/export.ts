import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Patient {
  diagnosis: string;
}

export async function exportText(patient: Patient, sink: { write(s: string): void; close(): void }) {
  let text = "";
  try {
    text = `Diagnosis: ${patient.diagnosis}`;
    sink.write(text);
  } finally {
    text = "Export finished.";
  }
  // call: deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Translate: ${text}` }],
  });
  return completion.choices[0].message.content;
}
