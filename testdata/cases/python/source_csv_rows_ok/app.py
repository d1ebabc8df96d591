import os

import csv
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def ask(path: str):
    with open(path) as handle:
        rows = list(csv.DictReader(handle))
    values = [row["currency"] for row in rows]
    # call: deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Check: {values}"}],
    )
    return reply.choices[0].message.content
