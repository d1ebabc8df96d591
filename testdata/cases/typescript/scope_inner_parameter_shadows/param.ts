import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Employee {
  salary: number;
}

export async function note(employee: Employee) {
  const value = `pay ${employee.salary}`;
  const shorten = (limit: number) => value.slice(0, limit);
  const text = shorten(200);
  // flow: hr.compensation -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Explain: ${text}` }],
  });
  return completion.choices[0].message.content;
}
