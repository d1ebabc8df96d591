import { NextResponse } from "next/server";
import { askModel } from "@/lib/llm";

export async function POST(req: Request) {
  const { ssn } = await req.json();
  if (typeof ssn !== "string") {
    return NextResponse.json({ error: "bad request" }, { status: 400 });
  }
  const answer = await askModel(`Is ${ssn} in a valid range?`);
  return NextResponse.json({ answer });
}
