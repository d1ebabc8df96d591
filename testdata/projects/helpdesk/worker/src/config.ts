import { z } from "zod";

const schema = z.object({
  TRANSLATE_URL: z.string().url().default("https://api.openai.com/v1"),
  TRANSLATE_MODEL: z.string().default("mistral-small-latest"),
});

export const config = schema.parse(process.env);
