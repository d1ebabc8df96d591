import OpenAI from "openai";

interface Candidate {
  ethnicity: string;
  years: number;
}

const router = new OpenAI({
  baseURL: "https://openrouter.ai/api/v1",
  apiKey: process.env.OPENROUTER_API_KEY,
  defaultHeaders: { "X-Title": "Hiring notes" },
});

export async function neutralLine(candidate: Candidate) {
  // flow: special.race_ethnicity -> openrouter/possible
  const completion = await router.chat.completions.create({
    model: "deepseek/deepseek-chat-v3-0324",
    messages: [{ role: "user", content: `Background given as ${candidate.ethnicity}; write one neutral line.` }],
  });
  return completion.choices[0].message.content;
}
