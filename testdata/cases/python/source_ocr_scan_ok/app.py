import os

import pytesseract
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def ask(path: str):
    words = len(pytesseract.image_to_string(path).split())
    # call: deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Is {words} words a lot for a page?"}],
    )
    return reply.choices[0].message.content
