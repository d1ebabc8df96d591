from openai import OpenAI

from django.conf import settings


def reply(email: str) -> str:
    client = OpenAI(base_url=settings.LLM_URL, api_key="unused")
    # flow: pii.contact.email -> deepseek/foreign
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content
