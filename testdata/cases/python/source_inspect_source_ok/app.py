import os

import inspect
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def ask(target):
    lines = len(inspect.getsource(target).splitlines())
    # call: deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Is {lines} lines too long?"}],
    )
    return reply.choices[0].message.content
