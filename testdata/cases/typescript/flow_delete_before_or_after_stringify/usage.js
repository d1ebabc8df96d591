import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

export async function tariffHint(phoneNumber, minutes, gigabytes) {
  const line = { phoneNumber, minutes, gigabytes };
  const body = JSON.stringify(line);
  delete line.phoneNumber;
  // flow: pii.contact.phone -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Which tariff fits? ${body}` }],
  });
  return completion.choices[0].message.content;
}
