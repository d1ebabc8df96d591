import OpenAI from "openai";

const KIMI_BASE_URL = "https://api.moonshot.cn/v1";
const KIMI_MODEL = "moonshot-v1-8k";

type Employee = {
  salary: number;
  startYear: number;
};

export async function explainPayBand(employee: Employee) {
  const kimi = new OpenAI({ apiKey: process.env.MOONSHOT_API_KEY, baseURL: KIMI_BASE_URL });
  // flow: hr.compensation -> moonshotai-cn/foreign
  const reply = await kimi.chat.completions.create({
    model: KIMI_MODEL,
    messages: [
      { role: "system", content: "You are a compensation analyst." },
      { role: "user", content: "Is " + employee.salary + " EUR in line with the market?" },
    ],
  });
  return reply.choices[0].message.content;
}
