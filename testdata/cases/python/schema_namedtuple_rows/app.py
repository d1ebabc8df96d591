import os

from typing import NamedTuple
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


class Transfer(NamedTuple):
    purpose: str
    iban: str
    cents: int


def label(transfers: list[Transfer]):
    lines = "\n".join(str(t) for t in transfers)
    # flow: financial.bank_account -> deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": "Label these: " + lines}],
    )
    return reply.choices[0].message.content
