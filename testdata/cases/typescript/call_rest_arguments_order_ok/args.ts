import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

function promptOf(...[reference, topic]: string[]) {
  console.log(reference.length);
  return `Write about ${topic}.`;
}

export async function write(patient: { ssn: string }) {
  const values = [ patient.ssn, "opening hours" ];
  // call: deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: promptOf(...values) }],
  });
  return completion.choices[0].message.content;
}
