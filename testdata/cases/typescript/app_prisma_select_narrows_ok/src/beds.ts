import { PrismaClient } from "@prisma/client";
import OpenAI from "openai";

const prisma = new PrismaClient();
const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

export async function planBeds() {
  const rows = await prisma.patient.findMany({ select: { wardCode: true } });
  // call: deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [
      { role: "system", content: "Plan the beds per ward." },
      { role: "user", content: JSON.stringify(rows) },
    ],
  });
  return completion.choices[0].message.content;
}
