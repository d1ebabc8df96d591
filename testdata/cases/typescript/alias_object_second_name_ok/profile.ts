import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.ZHIPU_API_KEY, baseURL: "https://open.bigmodel.cn/api/paas/v4/" });

export async function profile(dateOfBirth: string) {
  const base: Record<string, unknown> = { kind: "member", noteLines: 2 };
  const view = { ...base };
  view.bornOn = dateOfBirth;
  // call: zhipuai/foreign
  const completion = await client.chat.completions.create({
    model: "glm-4-plus",
    messages: [{ role: "user", content: "Turn into a sentence: " + JSON.stringify(base) }],
  });
  return completion.choices[0].message.content;
}
