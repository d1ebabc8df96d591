import os
from dataclasses import dataclass

import anthropic


@dataclass
class Visit:
    clinical_note: str
    minutes: int


client = anthropic.Anthropic(
    base_url="https://api.deepseek.com/anthropic",
    api_key=os.environ["ANTHROPIC_API_KEY"],
)


def summarise(visit: Visit) -> str:
    # flow: phi.clinical_note -> deepseek/foreign
    message = client.messages.create(
        model="deepseek-chat",
        max_tokens=600,
        system="Summarise in two sentences.",
        messages=[{"role": "user", "content": visit.clinical_note}],
    )
    return message.content[0].text
