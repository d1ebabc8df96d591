import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Patient {
  hivStatus?: string;
}

export async function status(patient: Patient) {
  const text = patient.hivStatus ?? "unknown";
  // flow: phi.diagnosis -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Result on file: ${text}. What are the next steps in general?` }],
  });
  return completion.choices[0].message.content;
}
