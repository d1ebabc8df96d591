from langchain_openai import ChatOpenAI

model = ChatOpenAI(model="deepseek-chat")


def triage(patient) -> str:
    # flow: phi.diagnosis -> deepseek/foreign
    return model.invoke(f"How urgent is {patient.diagnosis}?").content
