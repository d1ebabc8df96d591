import OpenAI from "openai";

const client = new OpenAI({
  apiKey: process.env.LONGCAT_API_KEY,
  baseURL: "https://api.longcat.chat/openai/v1",
});

export async function* explain(creditReport: string) {
  // flow: financial.credit -> longcat/foreign
  const stream = await client.chat.completions.create({
    model: "LongCat-Flash-Chat",
    stream: true,
    messages: [
      { role: "system", content: "Explain line by line." },
      { role: "user", content: creditReport },
    ],
  });
  for await (const chunk of stream) {
    const delta = chunk.choices[0]?.delta?.content;
    if (delta) yield delta;
  }
}
