import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.ZHIPU_API_KEY, baseURL: "https://open.bigmodel.cn/api/paas/v4/" });

interface Form {
  sealed: { passportNumber: string };
  shown: { fee: number; desk: string };
}

async function review({ shown: part }: Form) {
  // call: zhipuai/foreign
  const completion = await client.chat.completions.create({
    model: "glm-4-plus",
    messages: [{ role: "user", content: `Review this form part: ${JSON.stringify(part)}` }],
  });
  return completion.choices[0].message.content;
}

export function check(passportNumber: string, fee: number) {
  return review({ sealed: { passportNumber }, shown: { fee, desk: "B" } });
}
