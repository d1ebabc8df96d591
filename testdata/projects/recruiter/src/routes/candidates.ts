import { Router } from "express";
import { z } from "zod";
import { db } from "@/lib/db";
import { invitation } from "@/services/outreach";
import { screen } from "@/services/screening";

const NewCandidate = z.object({
  fullName: z.string(),
  email: z.string().email(),
  phoneNumber: z.string().optional(),
  resumeText: z.string().max(40_000),
  expectedSalary: z.number().int().optional(),
  jobId: z.number().int(),
});

export const candidates = Router();

candidates.post("/", async (req, res) => {
  const candidate = await db.candidate.create({ data: NewCandidate.parse(req.body) });
  res.status(201).json({ id: candidate.id });
});

candidates.post("/:id/screening", async (req, res) => {
  const candidate = await db.candidate.findUniqueOrThrow({
    where: { id: Number(req.params.id) },
    include: { job: true },
  });
  res.json({ verdict: await screen(candidate, candidate.job) });
});

candidates.post("/:id/invitation", async (req, res) => {
  const candidate = await db.candidate.findUniqueOrThrow({ where: { id: Number(req.params.id) } });
  res.json({ text: await invitation(candidate) });
});
