import OpenAI from "openai";

const SERVICES = {
  // ok: the call below uses it
  deepseek: "https://api.deepseek.com/v1",
};

export async function ask(text) {
  // call: deepseek/foreign
  return new OpenAI({ baseURL: SERVICES.deepseek }).chat.completions.create({ model: "m", messages: [{ role: "user", content: "Hi" }] });
}
