interface Visit { id: string; diagnosis: string }

export async function ask(visit: Visit) {
  // ok: the server of the page itself
  const reply = await fetch("/api/chat", {
    method: "POST",
    body: JSON.stringify({ model: "kimi-k2", messages: [{ role: "user", content: visit.diagnosis }] }),
  });
  return reply.json();
}
