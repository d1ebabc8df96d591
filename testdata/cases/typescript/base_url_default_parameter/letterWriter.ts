import OpenAI from "openai";

interface Debtor {
  iban: string;
  language: string;
}

class LetterWriter {
  private readonly client: OpenAI;

  constructor(baseURL = "https://api.deepseek.com", private readonly model = "deepseek-chat") {
    this.client = new OpenAI({ apiKey: process.env.LLM_API_KEY, baseURL });
  }

  async write(instructions: string) {
    // flow: financial.bank_account -> deepseek/foreign
    const reply = await this.client.chat.completions.create({
      model: this.model,
      messages: [{ role: "user", content: instructions }],
    });
    return reply.choices[0].message.content;
  }
}

export function dunningLetter(debtor: Debtor) {
  return new LetterWriter().write(`Draft a payment reminder. Collect from ${debtor.iban}.`);
}
