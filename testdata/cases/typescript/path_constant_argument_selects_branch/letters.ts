import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Customer {
  email: string;
  plan: string;
}

function opening(customer: Customer, personal: boolean) {
  return personal ? `Dear holder of ${customer.email},` : `Dear user of ${customer.plan},`;
}

export async function letter(customer: Customer) {
  // flow: pii.contact.email -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: opening(customer, true) + " we have news." }],
  });
  return completion.choices[0].message.content;
}
