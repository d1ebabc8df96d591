from openai import OpenAI

from pydantic_settings import BaseSettings


class Settings(BaseSettings, env_prefix="CHAT_"):
    url: str


def reply(email: str) -> str:
    client = OpenAI(base_url=Settings().url, api_key="unused")
    # flow: pii.contact.email -> deepseek/foreign
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content
