import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.MOONSHOT_API_KEY, baseURL: "https://api.moonshot.cn/v1" });

interface Customer {
  email: string;
  plan: string;
}

export async function pitch(customer: Customer) {
  const shown = { ...customer, email: "withheld" };
  // call: moonshotai-cn/foreign
  const completion = await client.chat.completions.create({
    model: "moonshot-v1-8k",
    messages: [{ role: "user", content: `Pitch for ${JSON.stringify(shown)}` }],
  });
  return completion.choices[0].message.content;
}
