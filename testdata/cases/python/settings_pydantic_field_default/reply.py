from openai import OpenAI

from pydantic import Field
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    llm_url: str = Field(default="https://api.deepseek.com/v1", description="where prompts go")


def reply(email: str) -> str:
    client = OpenAI(base_url=Settings().llm_url, api_key="unused")
    # flow: pii.contact.email -> deepseek/foreign
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content
