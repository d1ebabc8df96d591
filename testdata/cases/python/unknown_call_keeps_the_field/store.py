import json
import os

import queue_client
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")
inbox = queue_client.connect("inbox")


def answer() -> str:
    raw = inbox.take("tickets")
    ticket = json.loads(raw)
    # flow: pii.contact.email -> deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Reply to {ticket['customer_email']}"}],
    )
    return completion.choices[0].message.content
