import "dotenv/config";
import OpenAI from "openai";

interface Claimant {
  dateOfBirth: string;
  incident: string;
}

const client = new OpenAI();

export async function ageCheck(claimant: Claimant) {
  // flow: pii.demographic.dob -> alibaba-cn/foreign
  const result = await client.chat.completions.create({
    model: process.env.CHAT_MODEL ?? "qwen-plus",
    messages: [
      { role: "user", content: `Was somebody born on ${claimant.dateOfBirth} of legal age in 2021?` },
    ],
  });
  return result.choices[0].message.content;
}
