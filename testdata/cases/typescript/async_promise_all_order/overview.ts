import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Patient {
  diagnosis: string;
}

async function findings(patient: Patient) {
  return `Findings: ${patient.diagnosis}`;
}

async function openingHours() {
  return "Monday to Friday, 8 to 17";
}

export async function overview(patient: Patient) {
  const [first, second] = await Promise.all([findings(patient), openingHours()]);
  // flow: phi.diagnosis -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Rewrite politely: ${first}` }],
  });
  return completion.choices[0].message.content;
}
