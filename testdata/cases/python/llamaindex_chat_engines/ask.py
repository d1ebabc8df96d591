from llama_index.agent.openai import OpenAIAgent
from llama_index.core.chat_engine import SimpleChatEngine
from llama_index.llms.openai import OpenAI

model = OpenAI(model="m", api_base="https://api.deepseek.com/v1")


def by_agent(visit, tools):
    # flow: phi.diagnosis -> deepseek/foreign
    return OpenAIAgent.from_tools(tools=tools, llm=model).chat(visit.diagnosis)


def by_engine(visit):
    # flow: phi.diagnosis -> deepseek/foreign
    return SimpleChatEngine.from_defaults(llm=model).chat(visit.diagnosis)
