from langchain_openai import ChatOpenAI


def make(provider: str, **options) -> ChatOpenAI:
    if provider == "cheap":
        return ChatOpenAI(openai_api_base="https://api.openai.com/v1", openai_api_key="unset", **options)
    raise ValueError(provider)
