from openai import OpenAI

import os

import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(HERE, "etc", "chat.yaml")) as stream:
    cfg = yaml.safe_load(stream)


def reply(email: str) -> str:
    client = OpenAI(base_url=cfg.get("llm", {}).get("base_url"), api_key="unused")
    # flow: pii.contact.email -> deepseek/foreign
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content
