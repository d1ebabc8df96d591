import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Patient {
  diagnosis: string;
}

export async function compose(patient: Patient) {
  const letter: Record<string, string> = {};
  letter.opening = `About your results: ${patient.diagnosis}`;
  letter.closing = "Kind regards, the front desk";
  // call: deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Make this sound warmer: ${letter.closing}` }],
  });
  return completion.choices[0].message.content;
}
