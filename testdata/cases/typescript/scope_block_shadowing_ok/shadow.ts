import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

export async function outer(patient: { diagnosis: string }) {
  let text = "Say hello.";
  if (patient.diagnosis.length > 0) {
    const text = `Findings: ${patient.diagnosis}`;
    console.log(text.length);
  }
  // call: deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: text }],
  });
  return completion.choices[0].message.content;
}
