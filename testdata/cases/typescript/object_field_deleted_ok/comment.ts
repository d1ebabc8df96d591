import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

export async function commentOn(ssn: string, calls: number, waitMinutes: number) {
  const stats: { ssn?: string; calls: number; waitMinutes: number } = { ssn, calls, waitMinutes };
  delete stats.ssn;
  // call: deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: "Comment on: " + JSON.stringify(stats) }],
  });
  return completion.choices[0].message.content;
}
