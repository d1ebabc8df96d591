from openai import OpenAI


def client() -> OpenAI:
    return OpenAI(base_url="https://api.deepseek.com/v1", api_key="unused")
