import os

import docx
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def ask(path: str):
    text = "\n".join(paragraph.text for paragraph in docx.Document(path).paragraphs)
    # flow: document.internal -> deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Shorten: {text}"}],
    )
    return reply.choices[0].message.content
