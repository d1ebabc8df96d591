from langchain_chroma import Chroma
from langchain.vectorstores.faiss import FAISS
from langchain_huggingface import HuggingFaceEmbeddings

embeddings = HuggingFaceEmbeddings()


def similar(visit):
    store = FAISS.load_local("index", embeddings)
    # call: local/local
    return store.similarity_search(visit.diagnosis)


def remember(visit):
    store = Chroma(collection_name="visits", embedding_function=embeddings)
    # call: local/local
    store.add_texts([visit.diagnosis])
