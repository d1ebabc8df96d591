import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

const later = (text: string) =>
  new Promise<string>((resolve, reject) => {
    if (text === "") reject(new Error("nothing to read"));
    setTimeout(() => resolve("read"), 50);
  });

export async function check(customer: { ssn: string; plan: string }) {
  const state = await later(customer.ssn);
  // call: deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `What does ${state} mean?` }],
  });
  return completion.choices[0].message.content;
}
