import { deepseek } from "@ai-sdk/deepseek";
import { generateText } from "ai";
import { drizzle } from "drizzle-orm/node-postgres";
import { employees } from "./schema";

const db = drizzle(process.env.DATABASE_URL!);

export async function payReport() {
  const rows = await db.select({ amount: employees.salary, desk: employees.desk }).from(employees);
  const table = rows.map((row) => `${row.desk};${row.amount}`).join("\n");
  // flow: hr.compensation -> deepseek/foreign
  const { text } = await generateText({
    model: deepseek("deepseek-chat"),
    system: "Describe the distribution.",
    prompt: table,
  });
  return text;
}
