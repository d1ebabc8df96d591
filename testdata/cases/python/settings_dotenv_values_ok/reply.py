from openai import OpenAI

from dotenv import dotenv_values

values = dotenv_values("deploy/chat.env")


def reply(email: str) -> str:
    client = OpenAI(base_url=values["LLM_URL"], api_key="unused")
    # call: openai/domestic
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content
