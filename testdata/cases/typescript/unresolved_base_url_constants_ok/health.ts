export async function alive(): Promise<boolean> {
  const base = process.env.GATEWAY_URL;
  if (!base) throw new Error("GATEWAY_URL is not set");
  // call: unknown/unresolved
  const res = await fetch(`${base}/v1/chat/completions`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      model: "default",
      messages: [{ role: "user", content: "Say ok." }],
    }),
  });
  return res.ok;
}
