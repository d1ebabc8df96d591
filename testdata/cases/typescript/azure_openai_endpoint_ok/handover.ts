import { AzureOpenAI } from "openai";

interface Patient {
  ssn: string;
  diagnosis: string;
}

const client = new AzureOpenAI({
  endpoint: "https://clinic-eastus2.openai.azure.com",
  apiKey: process.env.AZURE_OPENAI_API_KEY,
  apiVersion: "2024-10-21",
  deployment: "ward-gpt4o",
});

export async function handover(patient: Patient) {
  // call: azure/domestic
  const completion = await client.chat.completions.create({
    model: "ward-gpt4o",
    messages: [{ role: "user", content: `Handover for ${patient.ssn}: ${patient.diagnosis}` }],
  });
  return completion.choices[0].message.content;
}
