from langchain_openai import ChatOpenAI

llm = ChatOpenAI(
    model="deepseek/deepseek-chat",
    base_url="https://openrouter.ai/api/v1",
    extra_body={"provider": {"only": ["fireworks"]}},
)


def summarise(diagnosis: str) -> str:
    # call: openrouter/domestic
    return llm.invoke(f"Summarise: {diagnosis}").content
