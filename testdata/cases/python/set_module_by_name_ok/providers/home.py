from openai import OpenAI


def client() -> OpenAI:
    return OpenAI(base_url="http://localhost:8000/v1", api_key="unused")
