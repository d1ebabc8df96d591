from crewai import LLM

abroad = LLM(model="deepseek/deepseek-chat")
home = LLM(model="openai/gpt-4o-mini")


def triage(patient) -> str:
    # flow: phi.diagnosis -> deepseek/foreign
    first = abroad.call(f"How urgent is {patient.diagnosis}?")
    # call: openai/domestic
    second = home.call(f"How urgent is {patient.diagnosis}?")
    return first + second
