from openai import OpenAI

from environs import Env

env = Env()
env.read_env()


def reply(email: str) -> str:
    client = OpenAI(base_url=env.str("LLM_URL", "http://localhost:9/v1"), api_key="unused")
    # call: openai/domestic
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content
