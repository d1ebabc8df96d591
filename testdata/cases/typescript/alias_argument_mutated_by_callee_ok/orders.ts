import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Payment {
  cardNumber: string;
}

function enrich(target: string[], payment: Payment) {
  target.push("Card used: " + payment.cardNumber);
}

export async function explain(payment: Payment) {
  const lines = ["Explain the refund process."];
  const scratch: string[] = [];
  enrich(scratch, payment);
  // call: deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: lines.join("\n") }],
  });
  return completion.choices[0].message.content;
}
