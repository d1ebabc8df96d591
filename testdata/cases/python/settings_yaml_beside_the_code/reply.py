from openai import OpenAI

from pathlib import Path

import yaml

cfg = yaml.safe_load((Path(__file__).parent / "chat.yaml").read_text())


def reply(email: str) -> str:
    client = OpenAI(base_url=cfg["llm"]["base_url"], api_key="unused")
    # flow: pii.contact.email -> deepseek/foreign
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content
