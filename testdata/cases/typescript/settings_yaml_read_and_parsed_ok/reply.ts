import OpenAI from "openai";
import { readFileSync } from "node:fs";
import yaml from "js-yaml";

const cfg = yaml.load(readFileSync(new URL("./chat.yaml", import.meta.url), "utf8")) as any;


export async function reply(email: string) {
  const client = new OpenAI({ baseURL: cfg.llm.url, apiKey: "unused" });
  // call: openai/domestic
  const answer = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Answer ${email} politely.` }],
  });
  return answer.choices[0].message.content;
}
