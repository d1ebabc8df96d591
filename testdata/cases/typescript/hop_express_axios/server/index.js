const express = require("express");
const OpenAI = require("openai");

const client = new OpenAI({ baseURL: "https://api.deepseek.com", apiKey: process.env.KEY });

const app = express();
app.use(express.json());

app.post("/api/ask", async (req, res) => {
  const { question } = req.body;
  // flow: phi.diagnosis -> deepseek/foreign
  const reply = await client.chat.completions.create({ model: "deepseek-chat", messages: [{ role: "user", content: question }] });
  res.json(reply);
});
