import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Employee {
  salary: number;
  desk: string;
}

export async function sheet(employee: Employee) {
  const lines = Object.entries(employee).map(([key, value]) => `${key}=${value}`);
  // flow: hr.compensation -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: "Make a desk sheet: " + lines.join("; ") }],
  });
  return completion.choices[0].message.content;
}
