import { createDeepSeek } from "@ai-sdk/deepseek";
import { generateText, tool } from "ai";
import { z } from "zod";

import { findVisit } from "./wards";

const deepseek = createDeepSeek({ apiKey: "unused" });

const lookUp = tool({
  description: "Looks up a visit",
  inputSchema: z.object({ number: z.string() }),
  execute: async ({ number }) => {
    const visit = await findVisit(number);
    return { text: visit.corridor };
  },
});

export async function ask() {
  // call: deepseek/foreign
  return generateText({ model: deepseek("deepseek-chat"), tools: { lookUp }, prompt: "Which visits are long?" });
}
