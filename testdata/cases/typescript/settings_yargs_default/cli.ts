import OpenAI from "openai";
import yargs from "yargs";

const argv = yargs(process.argv.slice(2))
  .option("base-url", { type: "string", default: "https://api.deepseek.com" })
  .parseSync();

export async function ask(diagnosis: string) {
  const client = new OpenAI({ baseURL: argv.baseUrl, apiKey: "unset" });
  // flow: phi.diagnosis -> deepseek/foreign
  return client.chat.completions.create({ model: "m", messages: [{ role: "user", content: diagnosis }] });
}
