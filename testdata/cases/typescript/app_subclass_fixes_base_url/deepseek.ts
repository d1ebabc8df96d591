import OpenAI, { type ClientOptions } from "openai";

export class DeepSeek extends OpenAI {
  constructor(options: Omit<ClientOptions, "baseURL"> = {}) {
    super({ ...options, baseURL: "https://api.deepseek.com" });
  }
}
