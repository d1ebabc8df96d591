import os
from dataclasses import dataclass

from openai import OpenAI

import state

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Patient:
    ssn: str
    ward: str


def deliver(patient: Patient) -> str:
    text = f"Ward {patient.ward}"
    if state.mode:
        text = f"Call about {patient.ssn}"
    # call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": text}],
    )
    return completion.choices[0].message.content
