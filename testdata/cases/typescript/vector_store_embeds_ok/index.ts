import { OllamaEmbeddings } from "@langchain/ollama";
import { HNSWLib } from "langchain/vectorstores/hnswlib";

const embeddings = new OllamaEmbeddings({ baseUrl: "http://localhost:11434" });

export async function similar(visit: any) {
  // call: local/local
  const store = await HNSWLib.fromTexts([visit.diagnosis], [], embeddings);
  // call: local/local
  return store.similaritySearch(visit.diagnosis, 3);
}
