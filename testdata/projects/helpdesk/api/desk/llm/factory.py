"""One client per provider; the settings name the usual one."""

from openai import OpenAI

from ..settings import settings

GROQ = "https://api.groq.com/openai/v1"


def make_client(provider: str | None = None) -> OpenAI:
    chosen = settings().llm
    name = provider or chosen.provider
    if name == "openai":
        return OpenAI(base_url="https://api.openai.com/v1", api_key=chosen.api_key)
    elif name == "groq":
        return OpenAI(base_url=GROQ, api_key=chosen.api_key)
    return OpenAI(base_url=chosen.base_url, api_key=chosen.api_key)
