import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Employee {
  salary: number;
  desk: string;
}

async function ask(line: string) {
  // call: deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Comment: ${line}` }],
  });
  return completion.choices[0].message.content;
}

export function run(employees: Employee[]) {
  return Promise.all(employees.map((employee) => ask(`${employee.desk} ${"on file"}`)));
}
