import { ImapFlow } from "imapflow";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

const box = new ImapFlow({ host: "mail.example.org", port: 993 });

export async function ask() {
  const message = await box.fetchOne("*", { source: true });
  const long = message.source.length > 2000;
  // call: deepseek/foreign
  const reply = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Is it long? ${long}` }],
  });
  return reply.choices[0].message.content;
}
