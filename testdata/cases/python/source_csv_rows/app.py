import os

import csv
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def ask(path: str):
    with open(path) as handle:
        rows = list(csv.DictReader(handle))
    values = [row["iban"] for row in rows]
    # flow: financial.bank_account -> deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Check: {values}"}],
    )
    return reply.choices[0].message.content
