import { Router } from "express";
import { db } from "@/lib/db";
import { compareTopThree, funnelComment } from "@/services/jobAds";
import { rejectionTemplate } from "@/services/outreach";

export const jobs = Router();

jobs.get("/:id/funnel", async (req, res) => {
  const rows = await db.candidate.findMany({ where: { jobId: Number(req.params.id) } });
  res.json({ comment: await funnelComment(rows) });
});

jobs.get("/:id/comparison", async (req, res) => {
  const job = await db.job.findUniqueOrThrow({
    where: { id: Number(req.params.id) },
    include: { candidates: { where: { stage: "shortlist" }, take: 3 } },
  });
  res.json({ text: await compareTopThree(job, job.candidates) });
});

jobs.get("/rejection-template", async (_req, res) => {
  res.json({ text: await rejectionTemplate() });
});
