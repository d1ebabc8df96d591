import env from "env-var";
import OpenAI from "openai";

const baseURL = env.get("CLINIC_LLM_URL").default("https://api.deepseek.com").asString();

export async function ask(diagnosis: string) {
  const client = new OpenAI({ baseURL, apiKey: "unset" });
  // call: openai/domestic
  return client.chat.completions.create({ model: "m", messages: [{ role: "user", content: diagnosis }] });
}
