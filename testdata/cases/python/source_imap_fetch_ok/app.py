import os

import email
import imaplib
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def ask():
    box = imaplib.IMAP4_SSL("mail.example.org")
    _, parts = box.fetch("1", "(RFC822)")
    count = len(parts)
    # call: deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Write that {count} mails are waiting."}],
    )
    return reply.choices[0].message.content
