from pydantic_ai import Agent
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider

abroad = Agent("deepseek:deepseek-chat")
home = Agent("openai:gpt-4o-mini")
pointed = Agent(OpenAIChatModel("kimi-k2", provider=OpenAIProvider(base_url="https://api.moonshot.cn/v1")))


def triage(patient) -> str:
    # flow: phi.diagnosis -> deepseek/foreign
    first = abroad.run_sync(f"How urgent is {patient.diagnosis}?")
    # call: openai/domestic
    second = home.run_sync(f"How urgent is {patient.diagnosis}?")
    # flow: phi.diagnosis -> moonshotai-cn/foreign
    third = pointed.run_sync(f"How urgent is {patient.diagnosis}?")
    return first.output + second.output + third.output
