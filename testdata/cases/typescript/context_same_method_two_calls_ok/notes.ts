import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Patient {
  labResult: string;
}

class Block {
  constructor(private readonly title: string) {}

  wrap(body: string) {
    return `## ${this.title}\n${body}`;
  }
}

export async function page(patient: Patient, print: (text: string) => void) {
  const block = new Block("Results");
  const own = block.wrap(patient.labResult);
  const fixed = block.wrap("Reference ranges differ between laboratories.");
  print(own);
  // call: deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Proofread:\n${fixed}` }],
  });
  return completion.choices[0].message.content;
}
