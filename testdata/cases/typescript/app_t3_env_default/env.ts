import { createEnv } from "@t3-oss/env-nextjs";
import { z } from "zod";

export const env = createEnv({
  server: {
    LLM_API_KEY: z.string().min(1),
    LLM_BASE_URL: z.string().url().default("https://api.deepseek.com/v1"),
  },
  runtimeEnv: {
    LLM_API_KEY: process.env.LLM_API_KEY,
    LLM_BASE_URL: process.env.LLM_BASE_URL,
  },
});
