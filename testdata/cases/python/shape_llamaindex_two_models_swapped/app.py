from llama_index.core import Document, Settings, VectorStoreIndex
from llama_index.embeddings.openai_like import OpenAILikeEmbedding
from llama_index.llms.ollama import Ollama

# What embeds and what answers are two models, in two places.
Settings.llm = Ollama(model="qwen3")
Settings.embed_model = OpenAILikeEmbedding(model_name="bge", api_base="https://api.siliconflow.cn/v1", api_key="unused")


def explain(visit):
    # flow: phi.diagnosis -> siliconflow-cn/foreign
    index = VectorStoreIndex.from_documents([Document(text=visit.diagnosis)])
    # flow: phi.diagnosis -> siliconflow-cn/foreign
    index.as_retriever(similarity_top_k=2).retrieve(visit.diagnosis)
    # call: local/local
    return index.as_query_engine().query("What follows?")
