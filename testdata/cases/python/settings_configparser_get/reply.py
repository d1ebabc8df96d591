from openai import OpenAI

from configparser import ConfigParser

cfg = ConfigParser()
cfg.read("chat.cfg")


def reply(email: str) -> str:
    client = OpenAI(base_url=cfg.get("llm", "url"), api_key="unused")
    # flow: pii.contact.email -> deepseek/foreign
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content
