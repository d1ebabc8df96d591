import OpenAI from "openai";
import { z } from "zod";

const Employee = z.object({
  salary: z.number(),
  desk: z.string(),
  floor: z.number(),
});

const Seat = Employee.pick({ desk: true, floor: true });

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

export async function seating(employee: z.infer<typeof Employee>) {
  const seat = Seat.parse(employee);
  // call: deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: `Describe the way to ${JSON.stringify(seat)}` }],
  });
  return completion.choices[0].message.content;
}
