interface Borrower {
  creditScore: number;
  annualIncome: number;
}

const API_URL = "https://api.deepseek.com/chat/completions";

export async function creditMemo(borrower: Borrower): Promise<string> {
  const body = {
    model: "deepseek-chat",
    messages: [
      { role: "system", content: "You write credit memos." },
      { role: "user", content: `Score ${borrower.creditScore}, income ${borrower.annualIncome}.` },
    ],
  };
  // flow: financial.credit, financial.income -> deepseek/foreign
  const res = await fetch(API_URL, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Authorization: `Bearer ${process.env.DEEPSEEK_API_KEY}`,
    },
    body: JSON.stringify(body),
  });
  if (!res.ok) throw new Error(`status ${res.status}`);
  const data = await res.json();
  return data.choices[0].message.content;
}
