from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI


class Logged:
    def __init__(self, llm):
        self.llm = llm

    def __call__(self, messages):
        # flow: phi.diagnosis -> deepseek/foreign
        return self.llm.invoke(messages)


def direct(patient):
    model = Logged(ChatOpenAI(model="deepseek-chat", base_url="https://api.deepseek.com"))
    return model(patient.diagnosis)


class Piped:
    def __init__(self, llm):
        self.llm = llm

    def __call__(self, messages):
        # flow: phi.medication -> deepseek/foreign
        return self.llm.invoke(messages)


class Writer:
    def __init__(self):
        self.model = Piped(ChatOpenAI(model="deepseek-chat", base_url="https://api.deepseek.com"))

    def write(self, patient):
        prompt = ChatPromptTemplate.from_template("Shorten: {text}")
        chain = prompt | self.model | StrOutputParser()
        return chain.invoke({"text": patient.medication})


llm = ChatOpenAI(model="deepseek-chat", base_url="https://api.deepseek.com")


def step(value):
    # flow: gov_id.ssn -> deepseek/foreign
    return llm.invoke(value.to_string())


def composed(patient):
    chain = ChatPromptTemplate.from_template("Sort: {text}") | step | StrOutputParser()
    return chain.invoke({"text": patient.ssn})
