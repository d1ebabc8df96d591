import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Patient:
    mrn: str


def parse(patient: Patient) -> int:
    try:
        return int(patient.mrn)
    except ValueError as error:
        raise RuntimeError(f"bad chart {patient.mrn}") from error


def help_desk(patient: Patient) -> str:
    message = "no problem"
    try:
        parse(patient)
    except RuntimeError as error:
        message = error.args[0]
    # flow: phi.mrn -> deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Write a help desk note: {message}"}],
    )
    return completion.choices[0].message.content
