import OpenAI from "openai";

function makeClient(provider = process.env.LLM_PROVIDER ?? "openai"): OpenAI {
  switch (provider) {
    case "deepseek":
      return new OpenAI({ baseURL: "https://api.deepseek.com/v1", apiKey: "unused" });
    case "home":
      return new OpenAI({ baseURL: "http://localhost:8000/v1", apiKey: "unused" });
    default:
      return new OpenAI({ apiKey: "unused" });
  }
}

export async function reply(email: string) {
  const client = makeClient();
  // call: local/local
  const answer = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Answer ${email} politely.` }],
  });
  return answer.choices[0].message.content;
}
