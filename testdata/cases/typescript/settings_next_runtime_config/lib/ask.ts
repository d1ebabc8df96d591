import getConfig from "next/config";
import OpenAI from "openai";

const { serverRuntimeConfig } = getConfig();

export async function ask(diagnosis: string) {
  const client = new OpenAI({ baseURL: serverRuntimeConfig.llmUrl, apiKey: "unset" });
  // flow: phi.diagnosis -> deepseek/foreign
  return client.chat.completions.create({ model: "m", messages: [{ role: "user", content: diagnosis }] });
}
