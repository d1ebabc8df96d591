import { DeepSeek } from "./deepseek";

const client = new DeepSeek({ apiKey: process.env.DEEPSEEK_API_KEY, timeout: 20_000 });

export async function kyc(person: { dateOfBirth: string }) {
  // flow: pii.demographic.dob -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Was ${person.dateOfBirth} a leap year?` }],
  });
  return completion.choices[0].message.content;
}
