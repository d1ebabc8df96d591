from langchain_openai import ChatOpenAI
from langgraph.graph import StateGraph
from langgraph.types import Command

from wards import find_visit

llm = ChatOpenAI(model="deepseek-chat", api_key="unused", base_url="https://api.deepseek.com/v1")


class Assistant:
    def __init__(self):
        flow = StateGraph(dict)
        flow.add_node("load", self.load)
        flow.add_node("answer", self.answer)
        self.app = flow.compile()

    def load(self, state):
        visit = find_visit(state["number"])
        return Command(goto="answer", update={"facts": visit.diagnosis})

    def answer(self, state):
        # flow: phi.diagnosis -> deepseek/foreign
        reply = llm.invoke(f"Explain {state['facts']}")
        return {"answer": reply.content}
