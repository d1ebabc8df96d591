import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Visit {
  symptomDescription: string;
  durationMinutes: number;
}

export async function lines(visits?: Visit[]) {
  const body = visits?.map((visit, n) => `${n + 1}. ${visit.durationMinutes}`).join("\n") ?? "";
  // call: deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: "Group these lines:\n" + body }],
  });
  return completion.choices[0].message.content;
}
