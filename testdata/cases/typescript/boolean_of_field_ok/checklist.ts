import OpenAI from "openai";

interface Employee {
  passportNumber?: string;
  taxId: string | null;
}

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

export async function checklist(employee: Employee) {
  const complete = !!employee.passportNumber && employee.taxId !== null;
  // call: deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `All papers present: ${complete}. What is the next onboarding step?` }],
  });
  return completion.choices[0].message.content;
}
