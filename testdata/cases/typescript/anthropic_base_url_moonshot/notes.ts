import Anthropic from "@anthropic-ai/sdk";

interface Visit {
  clinicalNote: string;
  minutes: number;
}

const anthropic = new Anthropic({
  apiKey: process.env.ANTHROPIC_API_KEY,
  baseURL: "https://api.moonshot.ai/anthropic",
});

export async function summarise(visit: Visit) {
  // flow: phi.clinical_note -> moonshotai/foreign
  const message = await anthropic.messages.create({
    model: "kimi-k2-turbo-preview",
    max_tokens: 600,
    system: "Summarise in two sentences.",
    messages: [{ role: "user", content: visit.clinicalNote }],
  });
  const [first] = message.content;
  return first.type === "text" ? first.text : "";
}
