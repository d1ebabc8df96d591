import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

function redact(text: string): string {
  return text ? "[redacted]" : "";
}

export async function code(diagnosis: string) {
  const short = redact(diagnosis);
  // call: deepseek/foreign
  const reply = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Code: ${short}` }],
  });
  return reply.choices[0].message.content;
}
