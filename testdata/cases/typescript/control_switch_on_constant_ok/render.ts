import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.ZHIPU_API_KEY, baseURL: "https://open.bigmodel.cn/api/paas/v4/" });

const TEMPLATE: string = "short";

interface Borrower {
  loanBalance: number;
}

export async function render(borrower: Borrower) {
  let body: string;
  switch (TEMPLATE) {
    case "long":
      body = `Outstanding: ${borrower.loanBalance}`;
      break;
    case "short":
      body = "Outstanding amounts apply.";
      break;
    default:
      body = "Unknown template.";
  }
  // call: zhipuai/foreign
  const completion = await client.chat.completions.create({
    model: "glm-4-plus",
    messages: [{ role: "user", content: body }],
  });
  return completion.choices[0].message.content;
}
