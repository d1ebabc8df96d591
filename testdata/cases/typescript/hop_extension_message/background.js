import OpenAI from "openai";

const client = new OpenAI({ baseURL: "https://api.deepseek.com", apiKey: process.env.KEY });

chrome.runtime.onMessage.addListener((message, sender, respond) => {
  // flow: phi.diagnosis -> deepseek/foreign
  client.chat.completions.create({ model: "deepseek-chat", messages: [{ role: "user", content: message.text }] }).then(respond);
  return true;
});
