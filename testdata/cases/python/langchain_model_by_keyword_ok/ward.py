from langchain.chains import LLMChain, RetrievalQA
from langchain_ollama.chat_models import ChatOllama

model = ChatOllama(model="llama3")


def ask_index(visit, retriever):
    chain = RetrievalQA.from_chain_type(llm=model, chain_type="stuff", retriever=retriever)
    # call: local/local
    return chain.invoke({"query": visit.diagnosis})


def without_model(visit, prompt):
    chain = LLMChain(prompt=prompt)
    # ok: a chain without a model asks nobody
    return chain.run(visit.diagnosis)
