import { ToolLoopAgent } from "ai";
import { openai } from "@ai-sdk/openai";

const agent = new ToolLoopAgent({ model: "deepseek/deepseek-v3" });

export function run(diagnosis: string) {
  // flow: phi.diagnosis -> vercel-ai-gateway/possible
  return agent.generate({ prompt: diagnosis });
}
