import os

from openai import OpenAI


def make_client(provider: str) -> tuple[OpenAI, str]:
    if provider == "deepseek":
        return OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com"), "deepseek-chat"
    if provider == "openai":
        return OpenAI(api_key=os.environ["OPENAI_API_KEY"]), "gpt-4o-mini"
    raise ValueError(f"unknown provider {provider}")
