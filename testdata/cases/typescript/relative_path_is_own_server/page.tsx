const API = process.env.NEXT_PUBLIC_LLM_URL;

export async function own(customer: { email: string }) {
  const messages = [{ role: "user", content: customer.email }];
  // ok: a route of this program's own server
  return fetch("/api/chat/completions", { method: "POST", body: JSON.stringify({ messages }) });
}

export async function configured(customer: { email: string }) {
  const messages = [{ role: "user", content: customer.email }];
  // flow: pii.contact.email -> unknown/unresolved
  return fetch(`${API}/v1/chat/completions`, { method: "POST", body: JSON.stringify({ messages }) });
}
