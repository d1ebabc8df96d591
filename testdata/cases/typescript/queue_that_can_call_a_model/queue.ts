import { Client, openai } from "@upstash/qstash";

const queue = new Client({ token: process.env.QSTASH_TOKEN! });

export async function later(customer: { ssn: string }) {
  // flow: gov_id.ssn -> upstash/possible
  return queue.publishJSON({
    api: { name: "llm", provider: openai({ token: process.env.OPENAI_API_KEY! }) },
    body: { model: "gpt-4o", messages: [{ role: "user", content: customer.ssn }] },
  });
}
