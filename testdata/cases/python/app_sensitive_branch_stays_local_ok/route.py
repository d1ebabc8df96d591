import os
from dataclasses import dataclass

from openai import OpenAI

local = OpenAI(base_url="http://127.0.0.1:8000/v1", api_key="unused")
cloud = OpenAI(base_url="https://api.deepseek.com", api_key=os.environ["DEEPSEEK_API_KEY"])


@dataclass
class Patient:
    ssn: str
    diagnosis: str


def letter(patient: Patient) -> str:
    # call: local/local
    completion = local.chat.completions.create(
        model="qwen2.5-14b",
        messages=[{"role": "user", "content": f"Letter for {patient.ssn}: {patient.diagnosis}"}],
    )
    return completion.choices[0].message.content


def newsletter(month: int) -> str:
    # call: deepseek/foreign
    completion = cloud.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Five health tips for month {month}"}],
    )
    return completion.choices[0].message.content
