import OpenAI from "openai";
import config from "config";


export async function reply(email: string) {
  const client = new OpenAI({ baseURL: config.get<string>("llm.url"), apiKey: "unused" });
  // flow: pii.contact.email -> deepseek/foreign
  const answer = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Answer ${email} politely.` }],
  });
  return answer.choices[0].message.content;
}
