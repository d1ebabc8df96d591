import os

from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI

prompt = ChatPromptTemplate.from_template("Write a waiting room leaflet about {topic} in {language}.")
llm = ChatOpenAI(
    model="deepseek-chat",
    api_key=os.environ["DEEPSEEK_API_KEY"],
    base_url="https://api.deepseek.com/v1",
)
chain = prompt | llm | StrOutputParser()

LANGUAGES = ("English", "Spanish")


def leaflets() -> list[str]:
    pages = []
    for language in LANGUAGES:
        # call: deepseek/foreign
        pages.append(chain.invoke({"topic": "flu season", "language": language}))
    return pages
