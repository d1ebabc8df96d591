import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

const create = client.chat.completions.create.bind(client.chat.completions);

export async function remind(patient: { ssn: string }) {
  const prompt = "Write a reminder.";
  // call: deepseek/foreign
  const reply = await create({ model: "deepseek-chat", messages: [{ role: "user", content: prompt }] });
  return reply.choices[0].message.content;
}
