import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Patient:
    ssn: str
    queue_slot: str


def ask_about(patient: Patient) -> str:
    value = getattr(patient, "queue_slot")
    # call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"What kind of value is {value}?"}],
    )
    return completion.choices[0].message.content
