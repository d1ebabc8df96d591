"use client";

export function Visit({ visit }: { visit: { id: string; diagnosis: string } }) {
  async function summarise() {
    const url = `/api/visits/${visit.id}/letters`;
    await fetch(url, { method: "POST", body: JSON.stringify({ text: visit.diagnosis, lang: "en" }) });
  }
  return <button onClick={summarise}>Summarise</button>;
}
