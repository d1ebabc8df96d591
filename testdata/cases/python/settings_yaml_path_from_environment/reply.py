from openai import OpenAI

import os

import yaml

with open(os.environ.get("CHAT_CONFIG", "config/chat.yaml")) as stream:
    cfg = yaml.safe_load(stream)


def reply(email: str) -> str:
    client = OpenAI(base_url=cfg["url"], api_key="unused")
    # flow: pii.contact.email -> deepseek/foreign
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content
