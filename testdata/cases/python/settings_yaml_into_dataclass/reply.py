from openai import OpenAI

from dataclasses import dataclass

import yaml


@dataclass
class Chat:
    url: str
    timeout: int = 30


def load() -> Chat:
    with open("chat.yml") as stream:
        return Chat(**yaml.safe_load(stream)["chat"])


def reply(email: str) -> str:
    client = OpenAI(base_url=load().url, api_key="unused")
    # flow: pii.contact.email -> deepseek/foreign
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content
