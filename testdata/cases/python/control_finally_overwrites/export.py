import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Patient:
    diagnosis: str


def export(patient: Patient, sink) -> str:
    text = ""
    try:
        text = f"Diagnosis: {patient.diagnosis}"
        sink.write(text)
    finally:
        sink.close()
    # flow: phi.diagnosis -> deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Translate: {text}"}],
    )
    return completion.choices[0].message.content
