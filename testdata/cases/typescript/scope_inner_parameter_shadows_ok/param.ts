import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Employee {
  salary: number;
}

export async function note(employee: Employee) {
  const value = `pay ${employee.salary}`;
  const shorten = (value: string) => value.slice(0, 40);
  const text = shorten("pay on file");
  // call: deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Explain: ${text}` }],
  });
  return completion.choices[0].message.content;
}
