import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.MOONSHOT_API_KEY, baseURL: "https://api.moonshot.cn/v1" });

interface Patient {
  diagnosis: string;
}

function labelled(label: string, value: string) {
  return `${label}: ${value}`;
}

function section(label: string, value: string) {
  return { title: label, body: labelled(label, value) };
}

export async function report(patient: Patient, archive: unknown[]) {
  const findings = section("Findings", patient.diagnosis);
  const legal = section("Legal", "This letter was written by software.");
  archive.push(findings);
  // call: moonshotai-cn/foreign
  const completion = await client.chat.completions.create({
    model: "moonshot-v1-8k",
    messages: [{ role: "user", content: "Improve the wording. " + legal.body }],
  });
  return completion.choices[0].message.content;
}
