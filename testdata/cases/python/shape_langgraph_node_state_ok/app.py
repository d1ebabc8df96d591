from langchain_openai import ChatOpenAI
from langgraph.graph import END, START, StateGraph

from wards import find_visit

llm = ChatOpenAI(model="deepseek-chat", api_key="unused", base_url="https://api.deepseek.com/v1")


def load(state):
    visit = find_visit(state["number"])
    return {"facts": visit.corridor}


def answer(state):
    # call: deepseek/foreign
    reply = llm.invoke(f"Explain {state['facts']}")
    return {"answer": reply.content}


graph = StateGraph(dict)
graph.add_node("load", load)
graph.add_node("answer", answer)
graph.add_edge(START, "load")
graph.add_edge("load", "answer")
graph.add_edge("answer", END)
app = graph.compile()
