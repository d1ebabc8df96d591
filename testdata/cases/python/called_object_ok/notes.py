from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI


class Logged:
    def __init__(self, llm, keep):
        self.llm = llm
        self.keep = keep

    def __call__(self, messages, record=None):
        self.keep.append(record)
        # call: deepseek/foreign
        return self.llm.invoke(messages)


def direct(patient):
    model = Logged(ChatOpenAI(model="deepseek-chat", base_url="https://api.deepseek.com"), [])
    return model("Say hello", patient.diagnosis)


class Local:
    def __call__(self, messages):
        return "redacted"


llm = ChatOpenAI(model="deepseek-chat", base_url="https://api.deepseek.com")


def replaced(patient):
    text = Local()(patient.diagnosis)
    # call: deepseek/foreign
    return llm.invoke(text)


def composed(patient):
    chain = ChatPromptTemplate.from_template("Name the weekday") | Logged(llm, []) | StrOutputParser()
    return chain.invoke({}), patient.ssn
