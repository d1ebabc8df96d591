import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.ZHIPU_API_KEY, baseURL: "https://open.bigmodel.cn/api/paas/v4/" });

export async function fill(iban: string) {
  const defaults = { target: "n/a", currency: "EUR" };
  const given = { target: iban };
  const form = { ...defaults, ...given };
  // flow: financial.bank_account -> zhipuai/foreign
  const completion = await client.chat.completions.create({
    model: "glm-4-plus",
    messages: [{ role: "user", content: "Check the form " + JSON.stringify(form) }],
  });
  return completion.choices[0].message.content;
}
