import { Mistral } from "@mistralai/mistralai";

const mistral = new Mistral({ apiKey: process.env.MISTRAL_API_KEY });

export async function obligations(contractText: string) {
  // flow: document.contract -> mistral/foreign
  const response = await mistral.chat.complete({
    model: "mistral-large-latest",
    messages: [
      { role: "system", content: "List every obligation as a bullet." },
      { role: "user", content: contractText },
    ],
  });
  return response.choices?.[0].message.content;
}
