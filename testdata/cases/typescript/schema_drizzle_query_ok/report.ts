import { drizzle } from "drizzle-orm/node-postgres";
import * as schema from "./schema";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

const db = drizzle(process.env.DATABASE_URL!, { schema });

export async function report() {
  const rows = await db.query.workers.findMany({ columns: { desk: true } });
  // call: deepseek/foreign
  const reply = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Describe: ${JSON.stringify(rows)}` }],
  });
  return reply.choices[0].message.content;
}
