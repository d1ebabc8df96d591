import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Payout {
  reference: string;
  iban: string;
}

export async function check(payouts: Payout[]) {
  const text = JSON.stringify(payouts);
  // flow: financial.bank_account -> deepseek/foreign
  const reply = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: text }],
  });
  return reply.choices[0].message.content;
}
