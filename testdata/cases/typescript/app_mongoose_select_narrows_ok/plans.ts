import mongoose from "mongoose";
import OpenAI from "openai";

const customerSchema = new mongoose.Schema({
  email: { type: String, required: true },
  iban: String,
  plan: String,
  seats: Number,
});

const Customer = mongoose.model("Customer", customerSchema);

const client = new OpenAI({ apiKey: process.env.MOONSHOT_API_KEY, baseURL: "https://api.moonshot.cn/v1" });

export async function planMix() {
  const rows = await Customer.find({ seats: { $gt: 1 } })
    .select("plan seats -_id")
    .lean();
  // call: moonshotai-cn/foreign
  const completion = await client.chat.completions.create({
    model: "moonshot-v1-8k",
    messages: [{ role: "user", content: `Describe the plan mix: ${JSON.stringify(rows)}` }],
  });
  return completion.choices[0].message.content;
}
