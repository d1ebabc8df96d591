import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.ZHIPU_API_KEY, baseURL: "https://open.bigmodel.cn/api/paas/v4/" });

interface Applicant {
  passportNumber: string;
}

export async function describe(applicant: Applicant, short: boolean) {
  let line = `Document ${applicant.passportNumber}`;
  if (short) {
    line = "Document on file";
  } else if (line.length > 200) {
    line = "Document on file, see the archive";
  }
  // flow: gov_id.passport -> zhipuai/foreign
  const completion = await client.chat.completions.create({
    model: "glm-4-plus",
    messages: [{ role: "user", content: `Rephrase: ${line}` }],
  });
  return completion.choices[0].message.content;
}
