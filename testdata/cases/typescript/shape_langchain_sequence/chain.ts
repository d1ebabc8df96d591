import { ChatPromptTemplate } from "@langchain/core/prompts";
import { RunnablePassthrough, RunnableSequence } from "@langchain/core/runnables";
import { ChatDeepSeek } from "@langchain/deepseek";

import { findVisit } from "./wards";

const prompt = ChatPromptTemplate.fromTemplate("Explain {facts}");
const llm = new ChatDeepSeek({ model: "deepseek-chat" });

export async function inOrder(number: string) {
  const chain = RunnableSequence.from([
    { facts: async (input: string) => (await findVisit(input)).diagnosis },
    prompt,
    llm,
  ]);
  // flow: phi.diagnosis -> deepseek/foreign
  return chain.invoke(number);
}

export async function assigned(number: string) {
  const chain = RunnablePassthrough.assign({
    facts: async (input: { number: string }) => (await findVisit(input.number)).diagnosis,
  }).pipe(prompt).pipe(llm);
  // flow: phi.diagnosis -> deepseek/foreign
  return chain.invoke({ number });
}
