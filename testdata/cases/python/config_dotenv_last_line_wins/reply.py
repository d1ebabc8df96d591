import os

from openai import OpenAI

client = OpenAI(base_url=os.environ["LLM_URL"], api_key="unused")


def reply(email: str) -> str:
    # flow: pii.contact.email -> deepseek/foreign
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer the message of {email}."}],
    )
    return answer.choices[0].message.content
