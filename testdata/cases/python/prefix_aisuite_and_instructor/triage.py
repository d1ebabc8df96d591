import aisuite
import instructor
from pydantic import BaseModel


class Urgency(BaseModel):
    level: int


suite = aisuite.Client()
abroad = instructor.from_provider("deepseek/deepseek-chat")
home = instructor.from_provider("openai/gpt-4o-mini")


def triage(patient) -> int:
    question = [{"role": "user", "content": f"How urgent is {patient.diagnosis}?"}]
    # flow: phi.diagnosis -> deepseek/foreign
    suite.chat.completions.create(model="deepseek:deepseek-chat", messages=question)
    # call: openai/domestic
    suite.chat.completions.create(model="openai:gpt-4o-mini", messages=question)
    # flow: phi.diagnosis -> deepseek/foreign
    first = abroad.chat.completions.create(response_model=Urgency, messages=question)
    # call: openai/domestic
    second = home.chat.completions.create(response_model=Urgency, messages=question)
    return first.level + second.level
