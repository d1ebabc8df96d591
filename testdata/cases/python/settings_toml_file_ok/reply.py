from openai import OpenAI

import tomllib
from pathlib import Path

cfg = tomllib.loads(Path("chat.toml").read_text())


def reply(email: str) -> str:
    client = OpenAI(base_url=cfg["llm"]["url"], api_key="unused")
    # call: openai/domestic
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content
