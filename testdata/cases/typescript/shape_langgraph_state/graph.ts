import { ChatDeepSeek } from "@langchain/deepseek";
import { Annotation, END, START, StateGraph } from "@langchain/langgraph";

import { findVisit } from "./wards";

const llm = new ChatDeepSeek({ model: "deepseek-chat" });
const State = Annotation.Root({ number: Annotation<string>, facts: Annotation<string> });

async function load(state: typeof State.State) {
  const visit = await findVisit(state.number);
  return { facts: visit.diagnosis };
}

async function answer(state: typeof State.State) {
  // flow: phi.diagnosis -> deepseek/foreign
  const reply = await llm.invoke(`Explain ${state.facts}`);
  return { answer: reply.content };
}

export const app = new StateGraph(State)
  .addNode("load", load)
  .addNode("answer", answer)
  .addEdge(START, "load")
  .addEdge("load", "answer")
  .addEdge("answer", END)
  .compile();
