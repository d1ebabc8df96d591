import os

from openai import OpenAI


def client_for(provider: str) -> OpenAI:
    return OpenAI(base_url=os.environ[f"{provider}_BASE_URL"], api_key="unused")


def reply(email: str) -> str:
    client = client_for("HOME")
    # call: local/local
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content
