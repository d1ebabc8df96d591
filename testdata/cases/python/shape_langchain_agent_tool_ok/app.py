from langchain_openai import ChatOpenAI
from langchain.agents import create_agent
from langchain_core.tools import tool

from wards import find_visit

llm = ChatOpenAI(model="deepseek-chat", api_key="unused", base_url="https://api.deepseek.com/v1")


@tool
def look_up(number: str) -> str:
    """Find a visit."""
    visit = find_visit(number)
    return f"Diagnosis: {visit.corridor}"


agent = create_agent(llm, tools=[look_up])


def run():
    # call: deepseek/foreign
    return agent.invoke({"messages": [{"role": "user", "content": "Which visits are long?"}]})
