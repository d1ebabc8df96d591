import os

import inspect
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def ask(target):
    code = inspect.getsource(target)
    # flow: code.source -> deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Review: {code}"}],
    )
    return reply.choices[0].message.content
