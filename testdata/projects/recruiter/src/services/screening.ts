import type { Candidate, Job } from "@prisma/client";
import { kimi } from "@/lib/clients";
import { config } from "@/lib/config";

function criteria(job: Job) {
  return `Role: ${job.title} (${job.seniority}). Must have: ${job.mustHaves}.`;
}

export async function screen(candidate: Candidate, job: Job): Promise<string> {
  const completion = await kimi.chat.completions.create({
    model: config.moonshot.model,
    temperature: 0,
    messages: [
      { role: "system", content: `Rate the fit from 1 to 5 and say why. ${criteria(job)}` },
      { role: "user", content: `${candidate.fullName}\n\n${candidate.resumeText}` },
    ],
  });
  return completion.choices[0].message.content ?? "";
}
