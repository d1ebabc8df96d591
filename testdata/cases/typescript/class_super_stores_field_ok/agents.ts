import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Customer {
  email: string;
  tier: string;
}

class Agent {
  constructor(private readonly context: string) {}

  async run(question: string) {
    // call: deepseek/foreign
    const completion = await client.chat.completions.create({
      model: "deepseek-chat",
      messages: [{ role: "user", content: `${this.context}\n${question}` }],
    });
    return completion.choices[0].message.content;
  }
}

class SalesAgent extends Agent {
  constructor(customer: Customer) {
    super(`Customer: ${customer.tier}`);
  }
}

export const pitch = (customer: Customer) =>
  new SalesAgent(customer).run("Write one sentence about the new release.");
