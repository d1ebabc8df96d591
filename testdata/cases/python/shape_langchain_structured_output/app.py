from langchain_openai import ChatOpenAI
from pydantic import BaseModel

llm = ChatOpenAI(model="deepseek-chat", api_key="unused", base_url="https://api.deepseek.com/v1")


class Code(BaseModel):
    icd: str


coder = llm.with_structured_output(Code)


def code(visit):
    # flow: phi.diagnosis -> deepseek/foreign
    return coder.invoke("Code this: " + visit.diagnosis)
