import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

type Ask = (text: string) => Promise<string | null>;

const logged =
  (inner: Ask): Ask =>
  (text) => {
    console.log(text.length);
    return inner(text);
  };

const ask = logged(async (text) => {
  // flow: phi.diagnosis -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: text }],
  });
  return completion.choices[0].message.content;
});

export const explain = (patient: { diagnosis: string }) => ask(`Explain ${patient.diagnosis}.`);
