from llama_index.core import Document, Settings, VectorStoreIndex
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.llms.openai_like import OpenAILike

# What embeds and what answers are two models, in two places.
Settings.llm = OpenAILike(model="deepseek-chat", api_base="https://api.deepseek.com/v1", api_key="unused")
Settings.embed_model = HuggingFaceEmbedding(model_name="BAAI/bge-small-en-v1.5")


def explain(visit):
    # call: local/local
    index = VectorStoreIndex.from_documents([Document(text=visit.diagnosis)])
    # call: local/local
    index.as_retriever(similarity_top_k=2).retrieve(visit.diagnosis)
    # flow: phi.diagnosis -> deepseek/foreign
    return index.as_query_engine().query("What follows?")
