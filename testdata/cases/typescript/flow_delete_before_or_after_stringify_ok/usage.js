import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

export async function tariffHint(phoneNumber, minutes, gigabytes) {
  const line = { phoneNumber, minutes, gigabytes };
  delete line.phoneNumber;
  const body = JSON.stringify(line);
  // call: deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Which tariff fits? ${body}` }],
  });
  return completion.choices[0].message.content;
}
