import OpenAI from "openai";

export function usual(visit: any, base = "https://api.openai.com/v1") {
  const client = new OpenAI({ baseURL: base || "https://api.openai.com/v1" });
  // call: openai/domestic
  return client.chat.completions.create({ model: "m", messages: [{ role: "user", content: visit.diagnosis }] });
}
