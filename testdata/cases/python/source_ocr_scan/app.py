import os

import pytesseract
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def ask(path: str):
    text = pytesseract.image_to_string(path)
    # flow: document.internal -> deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Fix the errors: {text}"}],
    )
    return reply.choices[0].message.content
