from langchain_ollama import ChatOllama
from langchain_openai import ChatOpenAI


def ask(patient):
    llm = ChatOpenAI(model="gpt-4o").with_fallbacks([ChatOpenAI(model="gpt-4o-mini")])
    # call: openai/domestic
    return llm.invoke(patient.diagnosis)


def with_tools(patient):
    far = ChatOpenAI(model="deepseek-chat", base_url="https://api.deepseek.com", api_key="unused")
    # call: local/local
    return ChatOllama(model="qwen3").bind_tools([lookup]).invoke(patient.diagnosis)


def lookup(number: str):
    return number
