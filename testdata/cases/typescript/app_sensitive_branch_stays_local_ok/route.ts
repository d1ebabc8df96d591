import OpenAI from "openai";

const local = new OpenAI({ baseURL: "http://127.0.0.1:8000/v1", apiKey: "unused" });
const cloud = new OpenAI({ baseURL: "https://api.deepseek.com", apiKey: process.env.DEEPSEEK_API_KEY });

interface Patient {
  ssn: string;
  diagnosis: string;
}

export async function letter(patient: Patient) {
  // call: local/local
  const completion = await local.chat.completions.create({
    model: "qwen2.5-14b",
    messages: [{ role: "user", content: `Letter for ${patient.ssn}: ${patient.diagnosis}` }],
  });
  return completion.choices[0].message.content;
}

export async function newsletter(month: number) {
  // call: deepseek/foreign
  const completion = await cloud.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Five health tips for month ${month}` }],
  });
  return completion.choices[0].message.content;
}
