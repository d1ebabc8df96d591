from openai import OpenAI

import yaml

with open("chat.yaml") as stream:
    cfg = yaml.safe_load(stream)


def reply(email: str) -> str:
    client = OpenAI(base_url=cfg["llm"]["base_url"], api_key="unused")
    # call: local/local
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content
