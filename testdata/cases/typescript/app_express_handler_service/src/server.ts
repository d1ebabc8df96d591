import express from "express";
import { explainAccount } from "./services/bank";

const app = express();
app.use(express.json());

app.post("/accounts/explain", async (req, res, next) => {
  try {
    const answer = await explainAccount(req.body.iban);
    res.json({ answer });
  } catch (error) {
    next(error);
  }
});

app.listen(3000);
