import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Taxpayer {
  taxId: string;
}

function validate(taxpayer: Taxpayer) {
  if (!/^\d+$/.test(taxpayer.taxId)) {
    throw new Error(`malformed: ${taxpayer.taxId}`);
  }
}

export async function explainFailure(taxpayer: Taxpayer) {
  try {
    validate(taxpayer);
  } catch (problem) {
    // flow: gov_id.tax_id -> deepseek/foreign
    const completion = await client.chat.completions.create({
      model: "deepseek-chat",
      messages: [{ role: "user", content: `Explain this to the clerk: ${(problem as Error).message}` }],
    });
    return completion.choices[0].message.content;
  }
  return "";
}
