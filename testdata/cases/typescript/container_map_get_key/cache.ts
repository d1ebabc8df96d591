import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

export async function hint(phoneNumber: string) {
  const cache = new Map<string, string>();
  cache.set("origin", phoneNumber);
  cache.set("topic", "country codes");
  // flow: pii.contact.phone -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Explain: ${cache.get("origin")}` }],
  });
  return completion.choices[0].message.content;
}
