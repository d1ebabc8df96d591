import { createClient } from "@supabase/supabase-js";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

const supabase = createClient(process.env.SUPABASE_URL!, process.env.SUPABASE_KEY!);

export async function brief() {
  const { data } = await supabase.from("visits").select("*");
  // flow: phi.diagnosis -> deepseek/foreign
  const reply = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Brief: ${JSON.stringify(data)}` }],
  });
  return reply.choices[0].message.content;
}
