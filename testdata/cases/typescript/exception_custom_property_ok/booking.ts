import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.ZHIPU_API_KEY, baseURL: "https://open.bigmodel.cn/api/paas/v4/" });

interface Payment {
  cardNumber: string;
}

class Declined extends Error {
  constructor(
    readonly reason: number,
    readonly source: string,
  ) {
    super("declined");
  }
}

function charge(payment: Payment): never {
  throw new Declined(51, payment.cardNumber);
}

export async function advise(payment: Payment) {
  try {
    charge(payment);
  } catch (error) {
    if (!(error instanceof Declined)) throw error;
    // call: zhipuai/foreign
    const completion = await client.chat.completions.create({
      model: "glm-4-plus",
      messages: [{ role: "user", content: `The bank said ${error.reason}. What now?` }],
    });
    return completion.choices[0].message.content;
  }
}
