import OpenAI from "openai";

const PROVIDERS: Record<string, { baseURL: string; model: string }> = {
  deepseek: { baseURL: "https://api.deepseek.com/v1", model: "deepseek-chat" },
  openai: { baseURL: "https://api.openai.com/v1", model: "gpt-4o-mini" },
};

export async function screen(providerId: string, coverLetter: string) {
  const target = PROVIDERS[providerId];
  const client = new OpenAI({ apiKey: process.env.LLM_API_KEY, baseURL: target.baseURL });
  // flow: hr.resume -> deepseek|openai/possible
  const completion = await client.chat.completions.create({
    model: target.model,
    messages: [
      { role: "system", content: "Reply with invite or decline." },
      { role: "user", content: coverLetter },
    ],
  });
  return completion.choices[0].message.content;
}
