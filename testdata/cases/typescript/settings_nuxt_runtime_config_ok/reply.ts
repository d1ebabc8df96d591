import OpenAI from "openai";


export async function reply(email: string) {
  const client = new OpenAI({ baseURL: useRuntimeConfig().llmUrl, apiKey: "unused" });
  // call: openai/domestic
  const answer = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Answer ${email} politely.` }],
  });
  return answer.choices[0].message.content;
}
