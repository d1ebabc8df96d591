import { PrismaClient } from "@prisma/client";
import OpenAI from "openai";

const db = new PrismaClient();
const service = new OpenAI({ baseURL: "https://api.deepseek.com" });

export async function describe(id: string) {
  const link = await db.link.findUnique({ where: { id } });
  const facts = { opens: link?.password?.trim() ?? null };
  // flow: credential.password -> deepseek/foreign
  return service.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: JSON.stringify(facts) }],
  });
}
