import { registerAs } from "@nestjs/config";

export default registerAs("llm", () => ({
  url: process.env.CHAT_HOST ?? "http://localhost:1/v1",
}));
