import { drizzle } from "drizzle-orm/node-postgres";
import { workers } from "./schema";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

const db = drizzle(process.env.DATABASE_URL!);

export async function report() {
  const rows = await db.select().from(workers);
  // flow: hr.compensation -> deepseek/foreign
  const reply = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Describe: ${JSON.stringify(rows)}` }],
  });
  return reply.choices[0].message.content;
}
