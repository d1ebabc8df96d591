import OpenAI from "openai";

interface Employee {
  salary: number;
  floor: number;
  desk: string;
}

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

export async function seating(employee: Employee) {
  const { salary, ...seat } = employee;
  if (salary <= 0) return null;
  // call: deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Describe the way to this seat: ${JSON.stringify(seat)}` }],
  });
  return completion.choices[0].message.content;
}
