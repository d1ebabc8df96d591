import OpenAI from "openai";

const targets = [
  { client: new OpenAI({ apiKey: process.env.OPENAI_API_KEY }), model: "gpt-4o-mini" },
  {
    client: new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" }),
    model: "deepseek-chat",
  },
];

interface Taxpayer {
  taxId: string;
}

export async function explain(taxpayer: Taxpayer) {
  const messages = [{ role: "user" as const, content: `Explain the structure of ${taxpayer.taxId}` }];
  for (const { client, model } of targets) {
    try {
      // flow: gov_id.tax_id -> deepseek|openai/possible
      const completion = await client.chat.completions.create({ model, messages });
      return completion.choices[0].message.content;
    } catch (error) {
      console.warn("provider failed, trying the next one", (error as Error).name);
    }
  }
  throw new Error("no provider answered");
}
