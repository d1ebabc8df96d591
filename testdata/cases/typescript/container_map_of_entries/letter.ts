import OpenAI from "openai";

const clients = new Map([
  ["cheap", new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" })],
  ["home", new OpenAI({ apiKey: process.env.OPENAI_API_KEY })],
]);

class Letter {
  #diagnosis: string;
  constructor(diagnosis: string) {
    this.#diagnosis = diagnosis;
  }
  get diagnosis() {
    return this.#diagnosis;
  }
}

export async function write(patient: { diagnosis: string; room: string }) {
  const parts = new Map([
    ["body", new Letter(patient.diagnosis).diagnosis],
    ["room", patient.room],
  ]);
  // flow: phi.diagnosis -> deepseek/foreign
  const completion = await clients.get("cheap")!.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: String.raw`Warmer please: ${parts.get("body")}` }],
  });
  return completion.choices[0].message.content;
}
