import { PrismaClient } from "@prisma/client";
import OpenAI from "openai";

const prisma = new PrismaClient();
const ai = new OpenAI({ baseURL: "https://api.deepseek.com" });
type Row = { ward: string; beds: number };

export async function report(id: string) {
  const rows = await prisma.$queryRaw<Row[]>`SELECT ward, beds FROM hospital WHERE id = ${id}`;
  // call: deepseek/foreign
  return ai.chat.completions.create({ model: "deepseek-chat", messages: [{ role: "user", content: JSON.stringify(rows) }] });
}
