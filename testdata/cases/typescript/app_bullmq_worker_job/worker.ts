import { Job, Worker } from "bullmq";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface LetterJob {
  diagnosis: string;
  wardCode: string;
}

async function handle(job: Job<LetterJob>) {
  const { diagnosis, wardCode } = job.data;
  console.log("letter for ward", wardCode);
  // flow: phi.diagnosis -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Explain to a relative: ${diagnosis}` }],
  });
  return completion.choices[0].message.content;
}

export const worker = new Worker<LetterJob>("letters", handle, {
  connection: { host: "localhost", port: 6379 },
});
