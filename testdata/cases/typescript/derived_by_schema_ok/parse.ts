import { ChatGoogleGenerativeAI } from "@langchain/google-genai";
import OpenAI from "openai";
import { z } from "zod";

const Shape = z.object({ date: z.string() });

export async function parse(patient: { diagnosis: string }) {
  const llm = new ChatGoogleGenerativeAI({ model: "gemini-2.0-flash" });
  // call: google-gemini/domestic
  return llm.withStructuredOutput(Shape).invoke(patient.diagnosis);
}

export async function copied(ward: { rooms: string }) {
  const client = new OpenAI().withOptions({ baseURL: "https://api.deepseek.com" });
  // call: deepseek/foreign
  return client.chat.completions.create({ model: "m", messages: [{ role: "user", content: ward.rooms }] });
}
