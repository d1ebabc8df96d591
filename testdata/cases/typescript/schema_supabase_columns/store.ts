import { createClient } from "@supabase/supabase-js";
import OpenAI from "openai";

const ai = new OpenAI({ baseURL: "https://api.deepseek.com" });
const store = createClient(process.env.STORE_URL!, process.env.STORE_KEY!);

export async function letter(id: number) {
  const { data } = await store.from("patients").select("full_name, ssn, diagnosis").eq("id", id).single();
  // flow: gov_id.ssn, phi.diagnosis, pii.name.full -> deepseek/foreign
  return ai.chat.completions.create({ model: "deepseek-chat", messages: [{ role: "user", content: JSON.stringify(data) }] });
}
