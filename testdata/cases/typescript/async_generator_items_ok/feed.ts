import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Caller {
  phoneNumber: string;
  topicCode: number;
}

async function* feed(callers: Caller[]) {
  for (const caller of callers) {
    yield caller.topicCode;
  }
}

export async function summary(callers: Caller[]) {
  const items: string[] = [];
  for await (const item of feed(callers)) items.push(String(item));
  // call: deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: "Group: " + items.join(", ") }],
  });
  return completion.choices[0].message.content;
}
