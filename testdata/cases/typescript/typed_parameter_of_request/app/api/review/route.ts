import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Draft {
  headline: string;
  resumeText: string;
}

async function review(draft: Draft) {
  const text = JSON.stringify(draft);
  // flow: hr.resume -> deepseek/foreign
  const reply = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Review ${text}` }],
  });
  return reply.choices[0].message.content;
}

export async function POST(req: Request) {
  const { draft } = await req.json();
  return Response.json({ review: await review(draft) });
}
