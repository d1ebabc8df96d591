from langchain_openai import ChatOpenAI
from langchain.chains.combine_documents import create_stuff_documents_chain
from langchain_core.documents import Document
from langchain_core.prompts import ChatPromptTemplate

llm = ChatOpenAI(model="deepseek-chat", api_key="unused", base_url="https://api.deepseek.com/v1")

prompt = ChatPromptTemplate.from_messages([("system", "Use: {context}"), ("human", "{question}")])
chain = create_stuff_documents_chain(llm, prompt)


def explain(visit):
    notes = [Document(page_content=visit.diagnosis, metadata={"room": visit.room})]
    # flow: phi.diagnosis -> deepseek/foreign
    return chain.invoke({"context": notes, "question": "What follows?"})
