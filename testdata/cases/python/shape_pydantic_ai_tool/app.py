from pydantic_ai import Agent
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider

from wards import find_visit

model = OpenAIChatModel("deepseek-chat", provider=OpenAIProvider(base_url="https://api.deepseek.com", api_key="unused"))
agent = Agent(model)


@agent.tool_plain
def look_up(number: str) -> str:
    return find_visit(number).diagnosis


def run():
    # flow: phi.diagnosis -> deepseek/foreign
    return agent.run_sync("Which visits are long?")
