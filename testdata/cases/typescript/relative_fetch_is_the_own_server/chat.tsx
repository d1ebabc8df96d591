const API = "https://api.deepseek.com";

export async function send(diagnosis: string) {
  // flow: phi.diagnosis -> deepseek/foreign
  const first = await fetch(`${API}/v1/chat/completions`, {
    method: "POST",
    body: JSON.stringify({ messages: [{ role: "user", content: diagnosis }] }),
  });
  return first.json();
}
