import OpenAI from "openai";

interface Patient {
  ssn: string;
  diagnosis: string;
}

const client = new OpenAI();

export async function explain(patient: Patient) {
  // call: openai/domestic
  const response = await client.responses.create({
    model: "gpt-4.1",
    input: `${patient.ssn} was told: ${patient.diagnosis}. Explain in plain words.`,
  });
  return response.output_text;
}
