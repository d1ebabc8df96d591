import { readFileSync } from "node:fs";
import path from "node:path";
import OpenAI from "openai";

const ai = new OpenAI({ baseURL: "https://api.deepseek.com" });
const system = readFileSync(path.join(__dirname, "prompts", "judge.md"), "utf8");

export async function judge() {
  // call: deepseek/foreign
  return ai.chat.completions.create({ model: "deepseek-chat", messages: [{ role: "system", content: system }] });
}
