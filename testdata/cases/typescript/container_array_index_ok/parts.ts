import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

export async function check(patient: { ssn: string }) {
  const parts = [patient.ssn, "Answer with yes or no."];
  const value = parts[1];
  // call: deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Is this complete? ${value}` }],
  });
  return completion.choices[0].message.content;
}
