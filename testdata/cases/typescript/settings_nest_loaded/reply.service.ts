import { Injectable } from "@nestjs/common";
import { ConfigService } from "@nestjs/config";
import OpenAI from "openai";

@Injectable()
export class ReplyService {
  constructor(private readonly config: ConfigService) {}

  async draft(email: string) {
    const client = new OpenAI({ baseURL: this.config.get<string>("llm.url"), apiKey: "unused" });
    // flow: pii.contact.email -> deepseek/foreign
    const answer = await client.chat.completions.create({
      model: "deepseek-chat",
      messages: [{ role: "user", content: `Answer ${email} politely.` }],
    });
    return answer.choices[0].message.content;
  }
}
