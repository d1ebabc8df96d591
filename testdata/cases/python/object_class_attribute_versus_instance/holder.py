import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Payee:
    iban: str


class Holder:
    text = "Nothing yet."


def explain(payee: Payee) -> str:
    filled = Holder()
    other = Holder()
    filled.text = f"Pay to {payee.iban}"
    # flow: financial.bank_account -> deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Explain: {filled.text}"}],
    )
    return completion.choices[0].message.content
