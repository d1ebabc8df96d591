import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Patient {
  medication: string;
}

type Message = { role: "system" | "user"; content: string };

export async function chat(patient: Patient) {
  const history: Message[] = [{ role: "system", content: "You are a pharmacist." }];
  const messages = [...history];
  history.push({ role: "user", content: `I take ${patient.medication}.` });
  // call: deepseek/foreign
  const completion = await client.chat.completions.create({ model: "deepseek-chat", messages });
  return completion.choices[0].message.content;
}
