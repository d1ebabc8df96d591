from langchain_openai import ChatOpenAI

model = ChatOpenAI(model="gpt-4o-mini", base_url="https://api.openai.com/v1")


def triage(patient) -> str:
    # call: openai/domestic
    return model.invoke(f"How urgent is {patient.diagnosis}?").content
