import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Employee {
  salary: number;
  desk: string;
}

export async function sheet(employee: Employee) {
  const lines = Object.entries({ desk: employee.desk, floor: 2 }).map(([key, value]) => `${key}=${value}`);
  // call: deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: "Make a desk sheet: " + lines.join("; ") }],
  });
  return completion.choices[0].message.content;
}
