import * as brief from "./brief";
import * as full from "./full";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.MOONSHOT_API_KEY, baseURL: "https://api.moonshot.cn/v1" });

export async function letter(employee: { salary: number }, archive: string[]) {
  archive.push(brief.render(employee));
  // flow: hr.compensation -> moonshotai-cn/foreign
  const completion = await client.chat.completions.create({
    model: "moonshot-v1-8k",
    messages: [{ role: "user", content: full.render(employee) }],
  });
  return completion.choices[0].message.content;
}
