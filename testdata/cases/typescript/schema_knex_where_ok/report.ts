import knexFactory from "knex";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

const knex = knexFactory({ client: "pg", connection: process.env.DATABASE_URL });

export async function brief() {
  const rows = await knex("visits").select("id", "room").where({ room: "3b" });
  // call: deepseek/foreign
  const reply = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Brief: ${JSON.stringify(rows)}` }],
  });
  return reply.choices[0].message.content;
}
