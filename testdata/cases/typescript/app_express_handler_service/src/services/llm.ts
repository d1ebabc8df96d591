import OpenAI from "openai";

type Message = OpenAI.Chat.ChatCompletionMessageParam;

const kimi = new OpenAI({
  apiKey: process.env.MOONSHOT_API_KEY,
  baseURL: process.env.MOONSHOT_BASE_URL ?? "https://api.moonshot.ai/v1",
});

export async function complete(messages: Message[]) {
  // flow: financial.bank_account -> moonshotai/foreign
  const completion = await kimi.chat.completions.create({ model: "kimi-k2-0711-preview", messages });
  return completion.choices[0].message.content;
}
