from langchain_openai import ChatOpenAI

llm = ChatOpenAI(
    model="deepseek/deepseek-chat",
    base_url="https://openrouter.ai/api/v1",
    model_kwargs={"extra_body": {"provider": {"order": ["fireworks"]}}},
)


def summarise(diagnosis: str) -> str:
    # flow: phi.diagnosis -> openrouter/possible
    return llm.invoke(f"Summarise: {diagnosis}").content
