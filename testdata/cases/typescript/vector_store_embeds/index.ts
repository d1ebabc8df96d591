import { OpenAIEmbeddings } from "@langchain/openai";
import { PineconeStore } from "@langchain/pinecone";
import { OpenAIChat } from "langchain/llms";
import { Replicate } from "langchain/llms/replicate";
import { SupabaseVectorStore } from "langchain/vectorstores/supabase";

const embeddings = new OpenAIEmbeddings({ configuration: { baseURL: "https://api.deepseek.com/v1" } });

export async function index(visit: any, pineconeIndex: any) {
  // flow: phi.diagnosis -> deepseek/foreign
  await PineconeStore.fromTexts([visit.diagnosis], [], embeddings, { pineconeIndex });
}

export async function similar(visit: any, client: any) {
  const store = await SupabaseVectorStore.fromExistingIndex(embeddings, { client });
  // flow: phi.diagnosis -> deepseek/foreign
  return store.similaritySearch(visit.diagnosis, 3);
}

export async function older(visit: any) {
  // call: openai/domestic
  await new OpenAIChat({}).call(visit.diagnosis);
  // call: replicate/domestic
  return new Replicate({ model: "some/model" }).call(visit.diagnosis);
}
