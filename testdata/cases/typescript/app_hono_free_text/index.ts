import { Hono } from "hono";
import OpenAI from "openai";

const app = new Hono();
const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

app.post("/rewrite", async (c) => {
  const { text } = await c.req.json<{ text: string }>();
  // flow: user_input.freeform -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Rewrite politely: ${text}` }],
  });
  return c.json({ text: completion.choices[0].message.content });
});

export default app;
