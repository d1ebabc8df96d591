import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Payment:
    card_number: str


def enrich(target: list, payment: Payment) -> None:
    target.append("Card used: " + payment.card_number)


def explain(payment: Payment) -> str:
    lines = ["Explain the refund process."]
    scratch: list[str] = []
    enrich(scratch, payment)
    # call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": "\n".join(lines)}],
    )
    return completion.choices[0].message.content
