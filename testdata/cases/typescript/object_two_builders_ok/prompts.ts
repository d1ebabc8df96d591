import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DASHSCOPE_API_KEY, baseURL: "https://dashscope.aliyuncs.com/compatible-mode/v1" });

interface Employee {
  salary: number;
}

class PromptBuilder {
  #lines: string[] = [];

  add(line: string): this {
    this.#lines.push(line);
    return this;
  }

  build(): string {
    return this.#lines.join("\n");
  }
}

export async function advise(employee: Employee, journal: (line: string) => void) {
  const personal = new PromptBuilder().add("Judge this pay.").add(`Yearly pay: ${employee.salary}`);
  const general = new PromptBuilder().add("Explain what a pay band is.");
  journal(personal.build());
  // call: alibaba-cn/foreign
  const completion = await client.chat.completions.create({
    model: "qwen-plus",
    messages: [{ role: "user", content: general.build() }],
  });
  return completion.choices[0].message.content;
}
