import { PrismaClient } from "@prisma/client";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

const prisma = new PrismaClient();

export async function report(plan: string) {
  const rows = await prisma.subscriber.findMany({ where: { plan }, omit: { id: true, payout: true } });
  // call: deepseek/foreign
  const reply = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Summarise: ${JSON.stringify(rows)}` }],
  });
  return reply.choices[0].message.content;
}
