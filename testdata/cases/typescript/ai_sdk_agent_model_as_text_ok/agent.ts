import { ToolLoopAgent } from "ai";
import { openai } from "@ai-sdk/openai";

const agent = new ToolLoopAgent({ model: openai("gpt-4o") });

export function run(diagnosis: string) {
  // call: openai/domestic
  return agent.generate({ prompt: diagnosis });
}
