import { Repository } from "typeorm";
import { Tenant } from "./tenant";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

export async function notice(tenants: Repository<Tenant>, floor: number) {
  const rows = await tenants.find({ where: { floor } });
  // flow: gov_id.passport -> deepseek/foreign
  const reply = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Write to: ${JSON.stringify(rows)}` }],
  });
  return reply.choices[0].message.content;
}
