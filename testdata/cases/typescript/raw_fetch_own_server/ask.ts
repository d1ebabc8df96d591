interface Visit { id: string; diagnosis: string }

export async function ask(visit: Visit) {
  // flow: phi.diagnosis -> moonshotai-cn/foreign
  const reply = await fetch("https://api.moonshot.cn/v1/chat/completions", {
    method: "POST",
    body: JSON.stringify({ model: "kimi-k2", messages: [{ role: "user", content: visit.diagnosis }] }),
  });
  return reply.json();
}
