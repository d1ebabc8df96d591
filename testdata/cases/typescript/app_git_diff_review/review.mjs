import { execSync } from "node:child_process";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

const patch = execSync("git diff origin/main...HEAD", { encoding: "utf8" });

if (patch.length > 0) {
  // flow: code.diff -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [
      { role: "system", content: "You review pull requests." },
      { role: "user", content: patch.slice(0, 60_000) },
    ],
  });
  console.log(completion.choices[0].message.content);
}
