import { Injectable } from "@nestjs/common";
import { ConfigService } from "@nestjs/config";
import OpenAI from "openai";

@Injectable()
export class LlmService {
  private readonly openai: OpenAI;

  constructor(private readonly config: ConfigService) {
    this.openai = new OpenAI({
      apiKey: this.config.get<string>("LLM_API_KEY"),
      baseURL: this.config.get<string>("LLM_BASE_URL", "https://api.moonshot.cn/v1"),
    });
  }

  async complete(prompt: string): Promise<string> {
    // flow: phi.diagnosis -> moonshotai-cn/foreign
    const completion = await this.openai.chat.completions.create({
      model: this.config.get<string>("LLM_MODEL", "moonshot-v1-8k"),
      messages: [{ role: "user", content: prompt }],
    });
    return completion.choices[0].message.content ?? "";
  }
}
