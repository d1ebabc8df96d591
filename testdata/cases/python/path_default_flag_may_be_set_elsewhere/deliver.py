import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Patient:
    ssn: str
    ward: str


def deliver(patient: Patient, urgent: bool = False) -> str:
    if not urgent:
        return "queued"
    # flow: gov_id.ssn -> deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Call about {patient.ssn}"}],
    )
    return completion.choices[0].message.content


HANDLERS = {"deliver": deliver}


def queue(patient: Patient) -> str:
    return deliver(patient)
