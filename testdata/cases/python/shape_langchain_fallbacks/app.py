from langchain_openai import ChatOpenAI


def ask(patient):
    far = ChatOpenAI(model="deepseek-chat", base_url="https://api.deepseek.com", api_key="unused")
    llm = ChatOpenAI(model="gpt-4o").with_fallbacks([far])
    # flow: phi.diagnosis -> deepseek|openai/possible
    return llm.invoke(patient.diagnosis)
