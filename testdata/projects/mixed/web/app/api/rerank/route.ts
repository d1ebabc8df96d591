import { NextResponse } from "next/server";

export async function POST(req: Request) {
  const { query, documents } = await req.json();
  const res = await fetch(process.env.RERANK_URL ?? "http://localhost:9000/rerank", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ query, documents }),
  });
  return NextResponse.json(await res.json());
}
