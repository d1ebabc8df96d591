from openai import OpenAI

from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    llm_url: str = Field("http://localhost:1/v1", validation_alias=AliasChoices("CHAT_HOST", "OLD_CHAT_HOST"))


settings = Settings()


def reply(email: str) -> str:
    client = OpenAI(base_url=settings.llm_url, api_key="unused")
    # flow: pii.contact.email -> deepseek/foreign
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content
