import OpenAI from "openai";
import { Command } from "commander";

const program = new Command();
program.option("--llm-url <url>", "where prompts go", "https://api.openai.com/v1");
program.parse();


export async function reply(email: string) {
  const client = new OpenAI({ baseURL: program.opts().llmUrl, apiKey: "unused" });
  // call: openai/domestic
  const answer = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Answer ${email} politely.` }],
  });
  return answer.choices[0].message.content;
}
