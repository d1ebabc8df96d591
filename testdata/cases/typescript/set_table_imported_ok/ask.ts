import OpenAI from "openai";
import { PROVIDERS } from "./providers";

function clientFor(name: string) {
  const { baseURL } = PROVIDERS[name];
  return new OpenAI({ baseURL, apiKey: "unset" });
}

export async function ask(diagnosis: string) {
  const client = clientFor("home");
  // call: local/local
  return client.chat.completions.create({ model: "m", messages: [{ role: "user", content: diagnosis }] });
}
