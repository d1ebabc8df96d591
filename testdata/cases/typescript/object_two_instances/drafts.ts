import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Debtor {
  iban: string;
}

class Draft {
  constructor(readonly text: string) {}

  preview() {
    return this.text.slice(0, 4000);
  }
}

export async function polish(debtor: Debtor, outbox: string[]) {
  const letter = new Draft(`Please pay from ${debtor.iban} within ten days.`);
  const footer = new Draft("Registered office: Main Street 1.");
  outbox.push(letter.preview(), footer.preview());
  // flow: financial.bank_account -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: letter.preview() }],
  });
  return completion.choices[0].message.content;
}
