import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Patient:
    diagnosis: str


class Letter:
    pass


def compose(patient: Patient) -> str:
    letter = Letter()
    letter.opening = f"About your results: {patient.diagnosis}"
    letter.closing = "Kind regards, the front desk"
    # flow: phi.diagnosis -> deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Make this sound warmer: {letter.opening}"}],
    )
    return completion.choices[0].message.content
