import { streamAnswer } from "../../../lib/llm";

export async function POST(req: Request) {
  const { messages } = await req.json();
  const encoder = new TextEncoder();
  const body = new ReadableStream({
    async start(controller) {
      for await (const part of streamAnswer(messages)) {
        controller.enqueue(encoder.encode(part));
      }
      controller.close();
    },
  });
  return new Response(body, { headers: { "Content-Type": "text/plain; charset=utf-8" } });
}
