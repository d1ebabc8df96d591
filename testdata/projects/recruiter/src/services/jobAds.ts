import type { Candidate, Job } from "@prisma/client";
import { kimi, openai } from "@/lib/clients";
import { config } from "@/lib/config";

export async function funnelComment(candidates: Candidate[]): Promise<string> {
  const invited = candidates.filter((candidate) => candidate.stage === "invited").length;
  const completion = await kimi.chat.completions.create({
    model: config.moonshot.model,
    messages: [{ role: "user", content: `${invited} of ${candidates.length} were invited. Is that usual?` }],
  });
  return completion.choices[0].message.content ?? "";
}

export async function compareTopThree(job: Job, top: Candidate[]): Promise<string> {
  const response = await openai.responses.create({
    model: "gpt-4.1",
    instructions: `Compare for the role ${job.title}.`,
    input: top.map((candidate) => `${candidate.fullName}: ${candidate.resumeText}`).join("\n---\n"),
  });
  return response.output_text;
}
