import OpenAI from "openai";

interface Patient {
  ssn: string;
  diagnosis: string;
}

// ok: a host in a comment is no endpoint
// const client = new OpenAI({ baseURL: "https://api.deepseek.com" });
const client = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });

export async function explain(patient: Patient) {
  // used to go to https://api.moonshot.cn/v1/chat/completions
  // call: openai/domestic
  const completion = await client.chat.completions.create({
    model: "gpt-4o",
    messages: [{ role: "user", content: `Explain ${patient.diagnosis} for ${patient.ssn}` }],
  });
  return completion.choices[0].message.content;
}
