import OpenAI from "openai";

interface Customer {
  email: string;
  plan: string;
}

const client = new OpenAI({
  apiKey: process.env.OUTREACH_LLM_KEY,
  baseURL: process.env.OUTREACH_LLM_URL ?? "https://api.moonshot.ai/v1",
});

export async function subjectLine(customer: Customer): Promise<string | null> {
  // flow: pii.contact.email -> moonshotai/foreign
  const out = await client.chat.completions.create({
    model: "kimi-k2-0711-preview",
    max_tokens: 40,
    messages: [{ role: "user", content: `Suggest a greeting for the owner of ${customer.email}` }],
  });
  return out.choices[0].message.content;
}
