import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import { ChatOpenAI } from "@langchain/openai";

const prompt = ChatPromptTemplate.fromTemplate("Write a waiting room leaflet about {topic} in {tongue}.");

const llm = new ChatOpenAI({
  model: "deepseek-chat",
  apiKey: process.env.DEEPSEEK_API_KEY,
  configuration: { baseURL: "https://api.deepseek.com/v1" },
});

const chain = prompt.pipe(llm).pipe(new StringOutputParser());

export async function leaflets(): Promise<string[]> {
  const pages: string[] = [];
  for (const tongue of ["English", "Spanish"]) {
    // call: deepseek/foreign
    pages.push(await chain.invoke({ topic: "flu season", tongue }));
  }
  return pages;
}
