from openai import OpenAI

import configparser

cfg = configparser.ConfigParser()
cfg.read("chat.ini")


def reply(email: str) -> str:
    client = OpenAI(base_url=cfg["llm"]["url"], api_key="unused")
    # call: openai/domestic
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content
