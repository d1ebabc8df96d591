from langchain_openai import ChatOpenAI
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnablePassthrough

llm = ChatOpenAI(model="deepseek-chat", api_key="unused", base_url="https://api.deepseek.com/v1")

prompt = ChatPromptTemplate.from_messages([("system", "Write for {reader}."), ("human", "{facts}")])


def facts_of(given):
    return f"Known: {given['visit'].corridor}"


chain = RunnablePassthrough.assign(facts=facts_of) | prompt.partial(reader="a nurse") | llm | StrOutputParser()


def explain(visit):
    # call: deepseek/foreign
    return chain.invoke({"visit": visit})
