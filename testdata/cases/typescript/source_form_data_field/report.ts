import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

export async function ask(form: FormData) {
  const note = form.get("diagnosis");
  // flow: phi.diagnosis -> deepseek/foreign
  const reply = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Explain ${note}` }],
  });
  return reply.choices[0].message.content;
}
