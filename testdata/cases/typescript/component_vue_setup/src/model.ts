import OpenAI from "openai";

const client = new OpenAI({ baseURL: "https://api.deepseek.com", apiKey: "unused", dangerouslyAllowBrowser: true });

export async function complete(text: string) {
  // flow: phi.record, pii.name.full -> deepseek/foreign
  return client.chat.completions.create({ model: "deepseek-chat", messages: [{ role: "user", content: text }] });
}
