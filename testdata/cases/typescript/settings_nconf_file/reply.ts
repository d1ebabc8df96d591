import OpenAI from "openai";
import nconf from "nconf";

nconf.env().file({ file: "chat.json" });


export async function reply(email: string) {
  const client = new OpenAI({ baseURL: nconf.get("llm:url"), apiKey: "unused" });
  // flow: pii.contact.email -> deepseek/foreign
  const answer = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Answer ${email} politely.` }],
  });
  return answer.choices[0].message.content;
}
