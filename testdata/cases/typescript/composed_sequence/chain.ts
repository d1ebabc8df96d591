import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import { RunnableSequence } from "@langchain/core/runnables";
import { ChatOpenAI } from "@langchain/openai";

const llm = new ChatOpenAI({ model: "m", configuration: { baseURL: "https://api.deepseek.com" } });
const prompt = ChatPromptTemplate.fromTemplate("Shorten: {text}");

export async function listed(patient: { diagnosis: string }) {
  const chain = RunnableSequence.from([prompt, llm, new StringOutputParser()]);
  // flow: phi.diagnosis -> deepseek/foreign
  return chain.invoke({ text: patient.diagnosis });
}
