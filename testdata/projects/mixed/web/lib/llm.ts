import OpenAI from "openai";

export const client = new OpenAI();

export async function* streamAnswer(messages: OpenAI.ChatCompletionMessageParam[]) {
  const stream = await client.chat.completions.create({
    model: "kimi-k2-0711-preview",
    stream: true,
    messages,
  });
  for await (const chunk of stream) {
    yield chunk.choices[0]?.delta?.content ?? "";
  }
}
