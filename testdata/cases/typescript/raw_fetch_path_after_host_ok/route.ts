const FALLBACK = "https://api.openai.com";

export async function POST(req: Request): Promise<Response> {
  const { diagnosis } = (await req.json()) as { diagnosis: string };
  let base = process.env.UPSTREAM_URL || FALLBACK;
  if (!base.startsWith("http")) base = `https://${base}`;
  const path = new URL(req.url).pathname.replace("/api/llm", "");
  // call: openai/domestic
  return fetch(`${base}${path}`, {
    method: "POST",
    body: JSON.stringify({ model: "m", messages: [{ role: "user", content: diagnosis }] }),
  });
}
