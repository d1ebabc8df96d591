import { PrismaClient } from "@prisma/client";
import OpenAI from "openai";

const prisma = new PrismaClient();
const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

export async function planRounds(wardCode: string) {
  const rows = await prisma.patient.findMany({ where: { wardCode } });
  // flow: phi.diagnosis, phi.mrn -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [
      { role: "system", content: "Plan the morning round." },
      { role: "user", content: JSON.stringify(rows, null, 2) },
    ],
  });
  return completion.choices[0].message.content;
}
