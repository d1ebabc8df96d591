import OpenAI from "openai";

interface Patient {
  ssn: string;
  diagnosis: string;
}

const client = new OpenAI({ baseURL: "http://127.0.0.1:8000/v1", apiKey: "EMPTY" });

export async function summary(patient: Patient) {
  // call: local/local
  const completion = await client.chat.completions.create({
    model: "Qwen/Qwen2.5-72B-Instruct",
    messages: [{ role: "user", content: `${patient.ssn}: ${patient.diagnosis}` }],
  });
  return completion.choices[0].message.content;
}
