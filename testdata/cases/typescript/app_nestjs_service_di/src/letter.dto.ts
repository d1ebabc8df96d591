import { IsString, MaxLength } from "class-validator";

export class LetterDto {
  @IsString()
  @MaxLength(2000)
  diagnosis!: string;
}
