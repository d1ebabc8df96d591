import OpenAI from "openai";

interface Patient {
  ssn: string;
}

abstract class BaseLLM {
  protected abstract readonly baseURL: string;
  protected model = "default";

  async ask(prompt: string) {
    const client = new OpenAI({ apiKey: process.env.LLM_API_KEY, baseURL: this.baseURL });
    // flow: gov_id.ssn -> deepseek/foreign
    const completion = await client.chat.completions.create({
      model: this.model,
      messages: [{ role: "user", content: prompt }],
    });
    return completion.choices[0].message.content;
  }
}

class HomeLLM extends BaseLLM {
  protected readonly baseURL: string = "https://api.openai.com/v1";
}

class AbroadLLM extends BaseLLM {
  protected readonly baseURL = "https://api.deepseek.com";
}

export const coverage = (patient: Patient) => new AbroadLLM().ask(`Check coverage of ${patient.ssn}`);
