export async function summarise(diagnosis: string) {
  // call: openrouter/domestic
  const answer = await fetch("https://openrouter.ai/api/v1/chat/completions", {
    method: "POST",
    body: JSON.stringify({
      model: "deepseek/deepseek-chat",
      messages: [{ role: "user", content: diagnosis }],
      provider: { only: ["together"] },
    }),
  });
  return answer.json();
}
