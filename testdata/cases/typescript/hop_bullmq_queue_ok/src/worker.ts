import { Worker } from "bullmq";
import OpenAI from "openai";

const client = new OpenAI({ baseURL: "https://api.deepseek.com", apiKey: process.env.KEY });

new Worker("letters", async (job) => {
  // call: deepseek/foreign
  return client.chat.completions.create({ model: "deepseek-chat", messages: [{ role: "user", content: job.data.text }] });
});
