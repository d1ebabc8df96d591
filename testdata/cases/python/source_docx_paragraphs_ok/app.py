import os

import docx
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def ask(path: str):
    size = len(docx.Document(path).paragraphs)
    # call: deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"How long does it take to read {size} paragraphs?"}],
    )
    return reply.choices[0].message.content
