import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import { ChatOpenAI } from "@langchain/openai";

const prompt = ChatPromptTemplate.fromMessages([
  ["system", "You turn dictations into letters."],
  ["human", "Dictation:\n{dictation}"],
]);

const llm = new ChatOpenAI({
  model: "deepseek-chat",
  apiKey: process.env.DEEPSEEK_API_KEY,
  configuration: { baseURL: "https://api.deepseek.com/v1" },
});

const chain = prompt.pipe(llm).pipe(new StringOutputParser());

interface Consultation {
  clinicalNote: string;
  room: number;
}

export async function letter(consultation: Consultation) {
  // flow: phi.clinical_note -> deepseek/foreign
  return chain.invoke({ dictation: consultation.clinicalNote });
}
