import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Borrower {
  annualIncome: number;
  branch: string;
}

function prompt(strings: TemplateStringsArray, ...values: unknown[]): string {
  return strings.reduce((text, part, i) => text + part + (i < values.length ? String(values[i]) : ""), "");
}

export async function assess(borrower: Borrower) {
  // flow: financial.income -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: prompt`Assess ${borrower.annualIncome} in one line.` }],
  });
  return completion.choices[0].message.content;
}
