const API = import.meta.env.VITE_API_BASE ?? "";

export async function send(diagnosis: string) {
  // ok: the page's own server; its route says where it goes
  const first = await fetch("/v1/chat/completions", {
    method: "POST",
    body: JSON.stringify({ messages: [{ role: "user", content: diagnosis }] }),
  });
  return first.json();
}
