import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Employee {
  salary: number;
  desk: string;
}

const formats = {
  full: (employee: Employee) => `${employee.desk}: ${employee.salary}`,
  short: (employee: Employee) => `${employee.desk}: on file`,
};

export async function describe(employee: Employee) {
  const line = formats["short"](employee);
  // call: deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Rephrase: ${line}` }],
  });
  return completion.choices[0].message.content;
}
