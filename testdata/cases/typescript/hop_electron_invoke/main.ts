import { ipcMain } from "electron";
import OpenAI from "openai";

const client = new OpenAI({ baseURL: "https://api.deepseek.com", apiKey: process.env.KEY });

ipcMain.handle("ask", async (event, text: string, tone: string) => {
  // flow: phi.diagnosis -> deepseek/foreign
  return client.chat.completions.create({ model: "deepseek-chat", messages: [{ role: "user", content: text }] });
});
