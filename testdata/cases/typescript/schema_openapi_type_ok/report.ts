import type { Booking } from "./generated/api";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

export async function confirm(booking: Booking) {
  const text = JSON.stringify({ room: booking.room });
  // call: deepseek/foreign
  const reply = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Confirm ${text}` }],
  });
  return reply.choices[0].message.content;
}
