import OpenAI from "openai";

const client = new OpenAI({ baseURL: "https://api.deepseek.com", apiKey: "unused", dangerouslyAllowBrowser: true });

export async function complete(text: string) {
  // call: deepseek/foreign
  return client.chat.completions.create({ model: "deepseek-chat", messages: [{ role: "user", content: text }] });
}
