import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Patient {
  allergy: string;
}

export async function lookup(patient: Patient, store: Map<string, string>) {
  let context = "No context.";
  context = `Known: ${patient.allergy}`;
  // flow: phi.allergy -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `${context} Is ibuprofen safe in general?` }],
  });
  context = `Known: ${patient.allergy}`;
  store.set("last", context);
  return completion.choices[0].message.content;
}
