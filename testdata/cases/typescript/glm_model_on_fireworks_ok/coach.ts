import OpenAI from "openai";

const fireworks = new OpenAI({
  apiKey: process.env.FIREWORKS_API_KEY,
  baseURL: "https://api.fireworks.ai/inference/v1",
});

export async function coach(performanceReview: string) {
  // call: fireworks-ai/domestic
  const completion = await fireworks.chat.completions.create({
    model: "accounts/fireworks/models/glm-4p5",
    messages: [
      { role: "system", content: "Turn this into three goals." },
      { role: "user", content: performanceReview },
    ],
  });
  return completion.choices[0].message.content;
}
