import os

from openai import OpenAI


def make_client() -> OpenAI:
    provider = os.environ.get("LLM_PROVIDER", "openai")
    if provider == "deepseek":
        return OpenAI(base_url="https://api.deepseek.com/v1", api_key="unused")
    elif provider == "home":
        return OpenAI(base_url="http://localhost:8000/v1", api_key="unused")
    return OpenAI(api_key="unused")


def reply(email: str) -> str:
    client = make_client()
    # call: local/local
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content
