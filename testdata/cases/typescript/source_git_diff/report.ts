import simpleGit from "simple-git";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

const git = simpleGit();

export async function ask() {
  const patch = await git.diff();
  // flow: code.diff -> deepseek/foreign
  const reply = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Write a commit message: ${patch}` }],
  });
  return reply.choices[0].message.content;
}
