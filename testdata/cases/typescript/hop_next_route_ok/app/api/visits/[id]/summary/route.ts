import OpenAI from "openai";

const client = new OpenAI({ baseURL: "https://api.deepseek.com", apiKey: process.env.KEY });

export async function POST(request: Request) {
  const { text } = await request.json();
  // flow: user_input.freeform -> deepseek/foreign
  const reply = await client.chat.completions.create({ model: "deepseek-chat", messages: [{ role: "user", content: text }] });
  return Response.json(reply.choices[0].message);
}
