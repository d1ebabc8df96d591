import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

type Options = { messages: OpenAI.ChatCompletionMessageParam[]; temperature?: number };

async function complete(options: Options) {
  // call: deepseek/foreign
  const completion = await client.chat.completions.create({ model: "deepseek-chat", ...options });
  return completion.choices[0].message.content;
}

export async function screen(resumeText: string, sizes: number[]) {
  sizes.push(resumeText.length);
  const content = "Write five interview questions.";
  return complete({ messages: [{ role: "user", content }], temperature: 0 });
}
