import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

export async function estimate(clinicalNote: string) {
  const size = clinicalNote.length;
  // call: deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `How many tokens are ${size} characters of English text?` }],
  });
  return completion.choices[0].message.content;
}
