import express from "express";
import { config } from "@/lib/config";
import { candidates } from "@/routes/candidates";
import { jobs } from "@/routes/jobs";

const app = express();

app.use(express.json({ limit: "1mb" }));
app.use("/candidates", candidates);
app.use("/jobs", jobs);

app.listen(config.port, () => {
  console.log(`listening on ${config.port}`);
});
