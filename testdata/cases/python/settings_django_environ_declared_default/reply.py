from openai import OpenAI

import environ

env = environ.Env(LLM_URL=(str, "https://api.deepseek.com/v1"))


def reply(email: str) -> str:
    client = OpenAI(base_url=env("LLM_URL"), api_key="unused")
    # flow: pii.contact.email -> deepseek/foreign
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content
