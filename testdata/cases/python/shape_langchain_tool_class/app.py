from langchain.agents import create_agent
from langchain_core.tools import BaseTool
from langchain_openai import ChatOpenAI

from wards import find_visit


class VisitTool(BaseTool):
    name: str = "visit"
    description: str = "Looks up a visit."

    def _run(self, number: str) -> str:
        return self.text_of(find_visit(number))

    def text_of(self, visit) -> str:
        return f"Diagnosis: {visit.diagnosis}"


llm = ChatOpenAI(model="deepseek-chat", api_key="unused", base_url="https://api.deepseek.com/v1")
agent = create_agent(llm, tools=[VisitTool()])


def run():
    # flow: phi.diagnosis -> deepseek/foreign
    return agent.invoke({"messages": [{"role": "user", "content": "Which visits are long?"}]})
