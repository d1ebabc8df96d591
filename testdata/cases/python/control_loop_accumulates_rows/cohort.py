import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Patient:
    diagnosis: str
    queue_slot: str


def cohort(patients: list[Patient]) -> str:
    text = "Common themes?\n"
    total = 0
    for patient in patients:
        total += 1
        text += f"- {patient.diagnosis}\n"
    # flow: phi.diagnosis -> deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"{total} rows\n{text}"}],
    )
    return completion.choices[0].message.content
