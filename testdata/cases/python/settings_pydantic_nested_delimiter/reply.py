from openai import OpenAI

from pydantic import BaseModel
from pydantic_settings import BaseSettings, SettingsConfigDict


class Llm(BaseModel):
    url: str = "http://localhost:1/v1"


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_nested_delimiter="__")

    llm: Llm = Llm()


settings = Settings()


def reply(email: str) -> str:
    client = OpenAI(base_url=settings.llm.url, api_key="unused")
    # flow: pii.contact.email -> deepseek/foreign
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content
