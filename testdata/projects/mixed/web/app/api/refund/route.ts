import Redis from "ioredis";
import { NextResponse } from "next/server";
import { client } from "../../../lib/llm";

const redis = new Redis(process.env.REDIS_URL ?? "redis://localhost:6379/0");

interface Refund {
  cardNumber: string;
  amountCents: number;
}

export async function POST(req: Request) {
  const refund: Refund = await req.json();
  await redis.rpush("refunds", JSON.stringify(refund));
  const completion = await client.chat.completions.create({
    model: "kimi-k2-0711-preview",
    messages: [
      { role: "system", content: "Write a refund note of one sentence." },
      { role: "user", content: `Card ${refund.cardNumber}, ${refund.amountCents / 100} EUR` },
    ],
  });
  return NextResponse.json({ note: completion.choices[0].message.content });
}
