import OpenAI from "openai";

type Template = (text: string) => string;

export abstract class Assistant {
  apiKey?: string;
  fullName?: string;
  template?: Template;

  protected render(text: string): string {
    if (this.template) {
      return this.template(text);
    }
    return text;
  }

  abstract send(text: string): Promise<string>;

  ask(question: string) {
    return this.send(this.render(`Question: ${question.length} characters`));
  }
}

export class DeepSeekAssistant extends Assistant {
  private client = new OpenAI({ baseURL: "https://api.deepseek.com", apiKey: this.apiKey });

  async send(text: string) {
    // call: deepseek/foreign
    const answer = await this.client.chat.completions.create({
      model: "deepseek-chat",
      messages: [{ role: "user", content: text }],
    });
    return answer.choices[0].message.content ?? "";
  }
}
