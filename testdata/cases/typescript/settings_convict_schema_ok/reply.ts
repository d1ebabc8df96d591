import OpenAI from "openai";
import convict from "convict";

const config = convict({
  llm: { url: { doc: "where prompts go", format: String, default: "https://api.openai.com/v1", env: "LLM_URL" } },
});


export async function reply(email: string) {
  const client = new OpenAI({ baseURL: config.get("llm.url"), apiKey: "unused" });
  // call: openai/domestic
  const answer = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Answer ${email} politely.` }],
  });
  return answer.choices[0].message.content;
}
