import OpenAI from "openai";

interface Customer {
  email: string;
  iban: string;
  plan: string;
}

const client = new OpenAI({ apiKey: process.env.MOONSHOT_API_KEY, baseURL: "https://api.moonshot.cn/v1" });

export async function pitch(customer: Customer) {
  // call: moonshotai-cn/foreign
  const completion = await client.chat.completions.create({
    model: "moonshot-v1-8k",
    messages: [{ role: "user", content: `Write a pitch for somebody on the ${customer.plan} plan.` }],
  });
  return completion.choices[0].message.content;
}
