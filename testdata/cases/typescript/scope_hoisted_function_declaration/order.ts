import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

export async function ask(taxpayer: { taxId: string }) {
  const context = describe();
  // flow: gov_id.tax_id -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Context: ${context}. List the filing deadlines.` }],
  });
  return completion.choices[0].message.content;

  function describe() {
    return `Taxpayer ${taxpayer.taxId}`;
  }
}
