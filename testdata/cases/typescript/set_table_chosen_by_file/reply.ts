import OpenAI from "openai";
import chat from "./chat.json";

const providers = {
  cheap: { baseURL: "https://api.deepseek.com/v1" },
  home: { baseURL: "http://localhost:8000/v1" },
};

export async function reply(email: string) {
  const client = new OpenAI({ apiKey: "unused", ...providers[chat.provider as keyof typeof providers] });
  // flow: pii.contact.email -> deepseek/foreign
  const answer = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Answer ${email} politely.` }],
  });
  return answer.choices[0].message.content;
}
