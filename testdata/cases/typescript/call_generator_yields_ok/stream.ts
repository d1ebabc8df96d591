import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.ZHIPU_API_KEY, baseURL: "https://open.bigmodel.cn/api/paas/v4/" });

interface Patient {
  labResult: string;
}

function* chunks(patients: Patient[]) {
  yield "Explain reference ranges.";
  for (const patient of patients) {
    yield "Value: see chart";
  }
}

export async function explain(patients: Patient[]) {
  // call: zhipuai/foreign
  const completion = await client.chat.completions.create({
    model: "glm-4-plus",
    messages: [{ role: "user", content: [...chunks(patients)].join("\n") }],
  });
  return completion.choices[0].message.content;
}
