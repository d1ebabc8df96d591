import { Pool } from "pg";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

const pool = new Pool();

export async function brief(room: string) {
  const { rows } = await pool.query("SELECT * FROM visits WHERE room = $1", [room]);
  // flow: phi.diagnosis -> deepseek/foreign
  const reply = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Brief: ${JSON.stringify(rows)}` }],
  });
  return reply.choices[0].message.content;
}
