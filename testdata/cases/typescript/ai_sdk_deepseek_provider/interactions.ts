import { deepseek } from "@ai-sdk/deepseek";
import { generateText } from "ai";

interface Patient {
  bloodPressure: string;
  medication: string;
}

export async function interactionCheck(patient: Patient) {
  // flow: phi.vitals, phi.medication -> deepseek/foreign
  const { text } = await generateText({
    model: deepseek("deepseek-chat"),
    prompt: `Blood pressure ${patient.bloodPressure} while taking ${patient.medication}. Any concern?`,
  });
  return text;
}
