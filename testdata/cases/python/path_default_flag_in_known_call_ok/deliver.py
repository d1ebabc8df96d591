import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Patient:
    ssn: str
    ward: str


def line(patient: Patient, with_number: bool = False) -> str:
    if with_number:
        return f"Member {patient.ssn}"
    return f"Ward {patient.ward}"


def deliver(patient: Patient) -> str:
    text = line(patient)
    # call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": text}],
    )
    return completion.choices[0].message.content
