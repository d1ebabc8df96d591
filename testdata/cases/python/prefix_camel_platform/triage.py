from camel.agents import ChatAgent
from camel.models import ModelFactory
from camel.types import ModelPlatformType

abroad = ModelFactory.create(model_platform=ModelPlatformType.DEEPSEEK, model_type="deepseek-chat")
home = ModelFactory.create(model_platform=ModelPlatformType.OPENAI, model_type="gpt-4o-mini")


def triage(patient) -> str:
    # flow: phi.diagnosis -> deepseek/foreign
    first = ChatAgent("You triage.", model=abroad).step(f"How urgent is {patient.diagnosis}?")
    # call: openai/domestic
    second = ChatAgent("You triage.", model=home).step(f"How urgent is {patient.diagnosis}?")
    return first.msg.content + second.msg.content
