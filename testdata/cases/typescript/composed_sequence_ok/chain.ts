import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import { RunnableSequence } from "@langchain/core/runnables";
import { ChatOpenAI } from "@langchain/openai";

const llm = new ChatOpenAI({ model: "m", configuration: { baseURL: "https://api.deepseek.com" } });
const prompt = ChatPromptTemplate.fromTemplate("Shorten: {text}");

export async function listed(patient: { diagnosis: string; ward: string }) {
  const chain = RunnableSequence.from([prompt, llm, new StringOutputParser()]);
  // call: deepseek/foreign
  return chain.invoke({ text: patient.ward });
}

export async function withoutModel(patient: { diagnosis: string }) {
  // ok: nothing but a template and a parser
  return RunnableSequence.from([prompt, new StringOutputParser()]).invoke({ text: patient.diagnosis });
}
