import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.MOONSHOT_API_KEY, baseURL: "https://api.moonshot.cn/v1" });

interface Payee {
  iban: string;
}

export async function compare(left: Payee, right: Payee) {
  const value = left.iban.replaceAll(" ", "");
  // call: moonshotai-cn/foreign
  const completion = await client.chat.completions.create({
    model: "moonshot-v1-8k",
    messages: [{ role: "user", content: "Transfer check: " + String(value === right.iban) }],
  });
  return completion.choices[0].message.content;
}
