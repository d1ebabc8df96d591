from openai import OpenAI

import os
from dataclasses import dataclass, field


@dataclass
class Settings:
    llm_url: str = field(default_factory=lambda: os.getenv("LLM_URL", "https://api.deepseek.com/v1"))


def reply(email: str) -> str:
    client = OpenAI(base_url=Settings().llm_url, api_key="unused")
    # flow: pii.contact.email -> deepseek/foreign
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content
