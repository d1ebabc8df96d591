from llama_index.core import Document, Settings, VectorStoreIndex

from llama_index.llms.openai_like import OpenAILike

Settings.llm = OpenAILike(model="deepseek-chat", api_base="https://api.deepseek.com/v1", api_key="unused")

def explain(visit):
    # call: local/local
    index = VectorStoreIndex.from_documents([Document(text=visit.corridor)], embed_model="local")
    engine = index.as_query_engine(llm=Settings.llm)
    # call: deepseek/foreign
    return engine.query("What follows?")
