import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

async function withRetry<T>(task: () => Promise<T>, attempts = 4): Promise<T> {
  let last: unknown;
  for (let n = 0; n < attempts; n++) {
    try {
      return await task();
    } catch (error) {
      last = error;
      await new Promise((resolve) => setTimeout(resolve, 2 ** n * 250));
    }
  }
  throw last;
}

interface Dispute {
  cardNumber: string;
  amountCents: number;
}

export async function summarise(dispute: Dispute) {
  const text = `Holder disputes ${dispute.amountCents} cents on ${dispute.cardNumber}.`;
  const completion = await withRetry(() =>
    // flow: pci.pan -> deepseek/foreign
    client.chat.completions.create({
      model: "deepseek-chat",
      messages: [{ role: "user", content: text }],
    }),
  );
  return completion.choices[0].message.content;
}
