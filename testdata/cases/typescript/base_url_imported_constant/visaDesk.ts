import OpenAI from "openai";
import { ZHIPU_BASE_URL, ZHIPU_MODEL } from "./config";

interface Applicant {
  passportNumber: string;
  purpose: string;
}

const client = new OpenAI({ apiKey: process.env.ZHIPU_API_KEY, baseURL: ZHIPU_BASE_URL });

export async function checkApplication(applicant: Applicant) {
  // flow: gov_id.passport -> zhipuai/foreign
  const answer = await client.chat.completions.create({
    model: ZHIPU_MODEL,
    messages: [
      { role: "user", content: `Does ${applicant.passportNumber} look well formed?` },
    ],
  });
  return answer.choices[0].message.content;
}
