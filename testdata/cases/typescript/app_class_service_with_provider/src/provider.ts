import OpenAI from "openai";

export interface LLMProvider {
  complete(prompt: string): Promise<string>;
}

export class DeepSeekProvider implements LLMProvider {
  readonly #client: OpenAI;

  constructor(apiKey: string) {
    this.#client = new OpenAI({ apiKey, baseURL: "https://api.deepseek.com/v1" });
  }

  async complete(prompt: string): Promise<string> {
    // flow: hr.performance -> deepseek/foreign
    const completion = await this.#client.chat.completions.create({
      model: "deepseek-chat",
      messages: [{ role: "user", content: prompt }],
    });
    return completion.choices[0].message.content ?? "";
  }
}
