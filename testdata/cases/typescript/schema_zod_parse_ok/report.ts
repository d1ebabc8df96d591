import { z } from "zod";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

const Intake = z.object({
  topic: z.string(),
  diagnosis: z.string(),
  consent: z.boolean(),
});

export async function intake(req: Request) {
  const data = Intake.omit({ diagnosis: true }).parse(await req.json());
  // flow: user_input.freeform -> deepseek/foreign
  const reply = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Answer: ${JSON.stringify(data)}` }],
  });
  return reply.choices[0].message.content;
}
