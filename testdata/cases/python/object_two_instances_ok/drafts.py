import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Debtor:
    iban: str


class Draft:
    def __init__(self, text: str):
        self.text = text

    def preview(self) -> str:
        return self.text[:4000]


def polish(debtor: Debtor, outbox: list) -> str:
    letter = Draft(f"Please pay from {debtor.iban} within ten days.")
    footer = Draft("Registered office: Main Street 1.")
    outbox.append(letter.preview() + footer.preview())
    # call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": footer.preview()}],
    )
    return completion.choices[0].message.content
