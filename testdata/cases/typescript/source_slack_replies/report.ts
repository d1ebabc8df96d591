import { WebClient } from "@slack/web-api";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

const slack = new WebClient(process.env.SLACK_TOKEN);

export async function ask(channel: string, ts: string) {
  const thread = await slack.conversations.replies({ channel, ts });
  const text = thread.messages!.map((m) => m.text).join("\n");
  // flow: comm.message -> deepseek/foreign
  const reply = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Summarise: ${text}` }],
  });
  return reply.choices[0].message.content;
}
