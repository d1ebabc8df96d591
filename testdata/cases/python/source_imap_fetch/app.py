import os

import email
import imaplib
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def ask():
    box = imaplib.IMAP4_SSL("mail.example.org")
    _, parts = box.fetch("1", "(RFC822)")
    body = email.message_from_bytes(parts[0][1]).get_payload()
    # flow: comm.email_body -> deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer this mail: {body}"}],
    )
    return reply.choices[0].message.content
