import OpenAI from "openai";

export const home = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });

export default new OpenAI({
  apiKey: process.env.MOONSHOT_API_KEY,
  baseURL: "https://api.moonshot.ai/v1",
});
