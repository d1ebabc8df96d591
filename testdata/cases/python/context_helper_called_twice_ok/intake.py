import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Patient:
    ssn: str


def tidy(value: str) -> str:
    return " ".join(value.split())


def intake(patient: Patient, audit) -> str:
    identifier = tidy(patient.ssn)
    greeting = tidy("Welcome   to the   clinic.")
    audit.write(identifier)
    # call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Translate to Spanish: {greeting}"}],
    )
    return completion.choices[0].message.content
