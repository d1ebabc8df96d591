import { Router } from "express";
import multer from "multer";
import OpenAI from "openai";

const upload = multer({ storage: multer.memoryStorage(), limits: { fileSize: 5_000_000 } });
const client = new OpenAI({ apiKey: process.env.MINIMAX_API_KEY, baseURL: "https://api.minimax.io/v1" });

export const router = Router();

router.post("/summaries", upload.single("file"), async (req, res) => {
  if (!req.file) {
    res.status(400).end();
    return;
  }
  const text = req.file.buffer.toString("utf8");
  // flow: user_input.uploaded_file -> minimax/foreign
  const completion = await client.chat.completions.create({
    model: "MiniMax-M1",
    messages: [{ role: "user", content: `Summarise:\n${text}` }],
  });
  res.json({ answer: completion.choices[0].message.content });
});
