from openai import OpenAI

from decouple import config


def reply(email: str) -> str:
    client = OpenAI(base_url=config("LLM_URL"), api_key="unused")
    # call: openai/domestic
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content
