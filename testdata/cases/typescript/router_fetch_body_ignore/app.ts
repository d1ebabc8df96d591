export async function summarise(diagnosis: string) {
  // flow: phi.diagnosis -> openrouter/possible
  const answer = await fetch("https://openrouter.ai/api/v1/chat/completions", {
    method: "POST",
    body: JSON.stringify({
      model: "deepseek/deepseek-chat",
      messages: [{ role: "user", content: diagnosis }],
      provider: { ignore: ["deepseek"] },
    }),
  });
  return answer.json();
}
