import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Payee {
  iban: string;
}

class Holder {
  text = "Nothing yet.";
}

export async function explain(payee: Payee) {
  const filled = new Holder();
  const other = new Holder();
  filled.text = `Pay to ${payee.iban}`;
  // call: deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Explain: ${other.text}` }],
  });
  return completion.choices[0].message.content;
}
