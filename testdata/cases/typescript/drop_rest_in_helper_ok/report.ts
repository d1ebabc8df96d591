import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Applicant {
  shift: string;
  ssn: string;
  remote: boolean;
}

function open({ ssn, ...rest }: Applicant) {
  return rest;
}

export async function rate(applicant: Applicant) {
  const kept = open(applicant);
  // call: deepseek/foreign
  const reply = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: JSON.stringify(kept) }],
  });
  return reply.choices[0].message.content;
}
