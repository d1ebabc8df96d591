import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.MOONSHOT_API_KEY, baseURL: "https://api.moonshot.cn/v1" });

interface Employee {
  performanceRating: number;
}

function describe(employee: Employee): Promise<string> {
  return Promise.resolve(`Rating ${employee.performanceRating} of 5`);
}

function policy(): Promise<string> {
  return Promise.resolve("Ratings are given once a year.");
}

export async function coach(employee: Employee, log: (line: string) => void) {
  await describe(employee).then(log);
  const text = await policy().then((line) => line.toUpperCase());
  // call: moonshotai-cn/foreign
  const completion = await client.chat.completions.create({
    model: "moonshot-v1-8k",
    messages: [{ role: "user", content: `Give three tips. ${text}` }],
  });
  return completion.choices[0].message.content;
}
