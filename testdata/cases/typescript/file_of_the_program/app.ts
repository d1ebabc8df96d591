import { readFileSync } from "node:fs";
import path from "node:path";
import OpenAI from "openai";

const ai = new OpenAI({ baseURL: "https://api.deepseek.com" });

export async function judge(name: string) {
  const paper = readFileSync(path.join(__dirname, "inbox", name), "utf8");
  // flow: document.internal -> deepseek/foreign
  return ai.chat.completions.create({ model: "deepseek-chat", messages: [{ role: "user", content: paper }] });
}
