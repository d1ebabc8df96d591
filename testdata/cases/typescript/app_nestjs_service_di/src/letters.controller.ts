import { Body, Controller, Post } from "@nestjs/common";
import { LetterDto } from "./letter.dto";
import { LlmService } from "./llm.service";

@Controller("letters")
export class LettersController {
  constructor(private readonly llm: LlmService) {}

  @Post()
  async create(@Body() dto: LetterDto) {
    const text = await this.llm.complete(`Write a letter about: ${dto.diagnosis}`);
    return { text };
  }
}
