from langchain_openai import ChatOpenAI
from langchain_core.prompts import ChatPromptTemplate

llm = ChatOpenAI(model="deepseek-chat", api_key="unused", base_url="https://api.deepseek.com/v1")

prompt = ChatPromptTemplate.from_template("Explain {what}")


def explain(visit):
    messages = prompt.format_messages(what=visit.diagnosis)
    # flow: phi.diagnosis -> deepseek/foreign
    return llm.invoke(messages)
