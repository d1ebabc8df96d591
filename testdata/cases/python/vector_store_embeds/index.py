from langchain_chroma import Chroma
from langchain.vectorstores.faiss import FAISS
from langchain_openai import OpenAIEmbeddings

embeddings = OpenAIEmbeddings(base_url="https://api.deepseek.com/v1")


def similar(visit):
    store = FAISS.load_local("index", embeddings)
    # flow: phi.diagnosis -> deepseek/foreign
    return store.similarity_search(visit.diagnosis)


def remember(visit):
    store = Chroma(collection_name="visits", embedding_function=embeddings)
    # flow: phi.diagnosis -> deepseek/foreign
    store.add_texts([visit.diagnosis])


def fetch(visit):
    retriever = FAISS.load_local("index", embeddings).as_retriever()
    # flow: phi.diagnosis -> deepseek/foreign
    return retriever.invoke(visit.diagnosis)


def build(visit):
    # flow: phi.diagnosis -> deepseek/foreign
    return FAISS.from_texts([visit.diagnosis], embeddings)
