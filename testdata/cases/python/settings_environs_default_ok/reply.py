from openai import OpenAI

from environs import Env

env = Env()


def reply(email: str) -> str:
    client = OpenAI(base_url=env.url("LLM_URL", "https://api.openai.com/v1").geturl(), api_key="unused")
    # call: openai/domestic
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content
