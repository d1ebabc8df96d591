import OpenAI from "openai";
import config from "config";


export async function reply(email: string) {
  const client = new OpenAI({ baseURL: config.get("llm.url"), apiKey: "unused" });
  // flow: pii.contact.email -> local|deepseek/possible
  const answer = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Answer ${email} politely.` }],
  });
  return answer.choices[0].message.content;
}
