import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Patient {
  diagnosis: string;
}

export async function cohort(patients: Patient[]) {
  let text = "Common themes?\n";
  let total = 0;
  for (const patient of patients) {
    total += 1;
    text += `- ${patient.diagnosis}\n`;
  }
  // flow: phi.diagnosis -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `${total} rows\n${text}` }],
  });
  return completion.choices[0].message.content;
}
