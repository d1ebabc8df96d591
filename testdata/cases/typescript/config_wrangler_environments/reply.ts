import OpenAI from "openai";

const client = new OpenAI({ baseURL: process.env.LLM_URL, apiKey: "unused" });

export async function reply(email: string) {
  // flow: pii.contact.email -> local|deepseek/possible
  const answer = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Answer the message of ${email}.` }],
  });
  return answer.choices[0].message.content;
}
