from agents import Agent, OpenAIChatCompletionsModel, Runner, function_tool
from openai import AsyncOpenAI

from wards import find_visit

model = OpenAIChatCompletionsModel(
    model="deepseek-chat", openai_client=AsyncOpenAI(base_url="https://api.deepseek.com", api_key="unused")
)


@function_tool
def look_up(number: str) -> str:
    visit = find_visit(number)
    return f"Diagnosis: {visit.corridor}"


agent = Agent(name="ward", instructions="Help the ward.", model=model, tools=[look_up])


def run():
    # call: deepseek/foreign
    return Runner.run_sync(agent, "Which visits are long?")
