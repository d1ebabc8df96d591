import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.MOONSHOT_API_KEY, baseURL: "https://api.moonshot.cn/v1" });

export async function greet(customer) {
  if (customer.email) {
    var prompt = `Write a greeting to ${customer.email}.`;
  }
  prompt = "Write a greeting.";
  // call: moonshotai-cn/foreign
  const completion = await client.chat.completions.create({
    model: "moonshot-v1-8k",
    messages: [{ role: "user", content: prompt }],
  });
  return completion.choices[0].message.content;
}
