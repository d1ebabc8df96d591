import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DASHSCOPE_API_KEY, baseURL: "https://dashscope.aliyuncs.com/compatible-mode/v1" });

interface Customer {
  phoneNumber: string;
  plan: string;
}

const makePrompt = (value: string) => (task: string) => `${task} (${value})`;

export async function task(customer: Customer) {
  const personal = makePrompt(customer.phoneNumber);
  const neutral = makePrompt(customer.plan);
  console.debug(personal("dry run").length);
  // flow: pii.contact.phone -> alibaba-cn/foreign
  const completion = await client.chat.completions.create({
    model: "qwen-plus",
    messages: [{ role: "user", content: personal("Suggest an upgrade") }],
  });
  return completion.choices[0].message.content;
}
