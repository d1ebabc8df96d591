import os

from celery import shared_task
from openai import OpenAI

client = OpenAI(base_url="https://api.deepseek.com", api_key=os.environ["KEY"])


@shared_task(bind=True, max_retries=3)
def summarise(self, text, lang="en"):
    # flow: phi.diagnosis -> deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat", messages=[{"role": "user", "content": f"In {lang}: {text}"}]
    )
    return reply.choices[0].message.content
