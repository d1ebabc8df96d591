import os

import json

from types_ import Application
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def screen(application: Application):
    payload = json.dumps(application)
    # flow: hr.resume -> deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Does this fit? {payload}"}],
    )
    return reply.choices[0].message.content
