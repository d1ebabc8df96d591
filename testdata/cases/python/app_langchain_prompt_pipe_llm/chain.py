import os
from dataclasses import dataclass

from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI

prompt = ChatPromptTemplate.from_messages(
    [
        ("system", "You turn dictations into letters."),
        ("human", "Dictation:\n{dictation}"),
    ]
)
llm = ChatOpenAI(
    model="deepseek-chat",
    api_key=os.environ["DEEPSEEK_API_KEY"],
    base_url="https://api.deepseek.com/v1",
)
chain = prompt | llm | StrOutputParser()


@dataclass
class Consultation:
    clinical_note: str
    room: int


def letter(consultation: Consultation) -> str:
    # flow: phi.clinical_note -> deepseek/foreign
    return chain.invoke({"dictation": consultation.clinical_note})
