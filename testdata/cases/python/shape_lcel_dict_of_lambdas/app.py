from langchain_openai import ChatOpenAI
from langchain_core.prompts import PromptTemplate

llm = ChatOpenAI(model="deepseek-chat", api_key="unused", base_url="https://api.deepseek.com/v1")

prompt = PromptTemplate.from_template("Explain {what} in {lang}")
chain = {"what": lambda visit: visit.diagnosis, "lang": lambda visit: "German"} | prompt | llm


def explain(visit):
    # flow: phi.diagnosis -> deepseek/foreign
    return chain.invoke(visit)
