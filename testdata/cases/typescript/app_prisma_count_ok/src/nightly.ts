import { PrismaClient } from "@prisma/client";
import OpenAI from "openai";

const prisma = new PrismaClient();
const client = new OpenAI({ apiKey: process.env.MOONSHOT_API_KEY, baseURL: "https://api.moonshot.cn/v1" });

export async function nightly() {
  const total = await prisma.patient.count();
  const freed = (await prisma.patient.findMany({ where: { discharged: true } })).length;
  // call: moonshotai-cn/foreign
  const completion = await client.chat.completions.create({
    model: "moonshot-v1-8k",
    messages: [{ role: "user", content: `${freed} of ${total} beds were freed. Write one sentence.` }],
  });
  return completion.choices[0].message.content;
}
