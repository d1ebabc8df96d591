import { createHash } from "node:crypto";
import OpenAI from "openai";

interface Person {
  ssn: string;
  calls: number;
}

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

const digest = (value: string) => createHash("sha256").update(value).digest("hex");

export async function compare(left: Person, right: Person) {
  const a = digest(left.ssn);
  const b = digest(right.ssn);
  // flow: gov_id.ssn -> deepseek/foreign
  const result = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Are records ${a} and ${b} likely duplicates?` }],
  });
  return result.choices[0].message.content;
}
