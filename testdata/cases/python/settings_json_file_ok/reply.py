from openai import OpenAI

import json

with open("providers.json") as file:
    cfg = json.load(file)


def reply(email: str) -> str:
    client = OpenAI(base_url=cfg["providers"][0]["url"], api_key="unused")
    # call: openai/domestic
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content
