import { PrismaClient } from "@prisma/client";
import OpenAI from "openai";

const prisma = new PrismaClient();
const ai = new OpenAI({ baseURL: "https://api.deepseek.com" });
type Row = { ssn: string; diagnosis: string };

export async function report(id: string) {
  const rows = await prisma.$queryRaw<Row[]>`SELECT ssn, diagnosis FROM patient WHERE id = ${id}`;
  // flow: gov_id.ssn, phi.diagnosis -> deepseek/foreign
  return ai.chat.completions.create({ model: "deepseek-chat", messages: [{ role: "user", content: JSON.stringify(rows) }] });
}
