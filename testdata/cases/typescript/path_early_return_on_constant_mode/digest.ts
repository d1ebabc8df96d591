import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.MOONSHOT_API_KEY, baseURL: "https://api.moonshot.cn/v1" });

const MODE: string = "full";

interface Borrower {
  creditScore: number;
}

function textFor(borrower: Borrower, total: number): string {
  if (MODE === "aggregate") {
    return `There are ${total} open files.`;
  }
  return `Credit rating value: ${borrower.creditScore}`;
}

export async function digest(borrower: Borrower, total: number) {
  // flow: financial.credit -> moonshotai-cn/foreign
  const completion = await client.chat.completions.create({
    model: "moonshot-v1-8k",
    messages: [{ role: "user", content: textFor(borrower, total) }],
  });
  return completion.choices[0].message.content;
}
