import { Queue } from "bullmq";

const letters = new Queue("letters");

export async function discharge(visit: { diagnosis: string; ward: string }) {
  await letters.add("discharge", { text: `Discharged with ${visit.diagnosis}`, ward: visit.ward });
}
