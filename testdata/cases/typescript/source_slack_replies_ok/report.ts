import { WebClient } from "@slack/web-api";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

const slack = new WebClient(process.env.SLACK_TOKEN);

export async function ask(channel: string, ts: string) {
  const thread = await slack.conversations.replies({ channel, ts });
  const many = thread.messages!.length > 30;
  // call: deepseek/foreign
  const reply = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Is it long? ${many}` }],
  });
  return reply.choices[0].message.content;
}
