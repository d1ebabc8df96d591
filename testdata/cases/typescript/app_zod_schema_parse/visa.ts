import OpenAI from "openai";
import { z } from "zod";

const Application = z.object({
  passportNumber: z.string().min(6),
  nights: z.number().int(),
});

type Application = z.infer<typeof Application>;

const client = new OpenAI({
  apiKey: process.env.ZHIPU_API_KEY,
  baseURL: "https://open.bigmodel.cn/api/paas/v4",
});

function promptFor(application: Application) {
  return `Stay of ${application.nights} nights, document ${application.passportNumber}. Which form applies?`;
}

export async function classify(raw: unknown) {
  const application = Application.parse(raw);
  // flow: gov_id.passport -> zhipuai/foreign
  const completion = await client.chat.completions.create({
    model: "glm-4-flash",
    messages: [{ role: "user", content: promptFor(application) }],
  });
  return completion.choices[0].message.content;
}
