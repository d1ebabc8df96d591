import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Patient {
  mrn: string;
}

function parse(patient: Patient): Promise<number> {
  const value = Number(patient.mrn);
  return Number.isNaN(value) ? Promise.reject(new Error(`bad chart ${patient.mrn}`)) : Promise.resolve(1);
}

export async function helpDesk(patient: Patient) {
  const message = await parse(patient).then(
    () => "no problem",
    (error: Error) => error.message,
  );
  // todo-flow: phi.mrn -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Write a help desk note: ${message}` }],
  });
  return completion.choices[0].message.content;
}
