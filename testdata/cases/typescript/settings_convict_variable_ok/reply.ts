import OpenAI from "openai";
import convict from "convict";

const config = convict({
  llm: { url: { format: String, default: "http://localhost:1/v1", env: "CHAT_HOST" } },
});


export async function reply(email: string) {
  const client = new OpenAI({ baseURL: config.get("llm.url"), apiKey: "unused" });
  // call: openai/domestic
  const answer = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Answer ${email} politely.` }],
  });
  return answer.choices[0].message.content;
}
