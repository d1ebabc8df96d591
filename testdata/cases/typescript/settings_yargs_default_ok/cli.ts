import OpenAI from "openai";
import yargs from "yargs";

const argv = yargs(process.argv.slice(2))
  .option("base-url", { type: "string", default: "https://api.openai.com/v1" })
  .parseSync();

export async function ask(diagnosis: string) {
  const client = new OpenAI({ baseURL: argv.baseUrl, apiKey: "unset" });
  // call: openai/domestic
  return client.chat.completions.create({ model: "m", messages: [{ role: "user", content: diagnosis }] });
}
