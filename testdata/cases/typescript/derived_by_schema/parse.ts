import { ChatOpenAI } from "@langchain/openai";
import { z } from "zod";

const Shape = z.object({ date: z.string() });

export async function parse(patient: { diagnosis: string }) {
  const llm = new ChatOpenAI({ model: "deepseek-chat", configuration: { baseURL: "https://api.deepseek.com" } });
  // flow: phi.diagnosis -> deepseek/foreign
  return llm.withStructuredOutput(Shape).invoke(patient.diagnosis);
}
