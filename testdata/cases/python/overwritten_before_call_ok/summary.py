import os
from dataclasses import dataclass

from openai import OpenAI


@dataclass
class Patient:
    ssn: str
    diagnosis: str


client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def template_for(patient: Patient, audit) -> str:
    prompt = f"Patient {patient.ssn} has {patient.diagnosis}."
    audit.info("letter requested: %s", prompt)
    prompt = "Write an empty discharge letter template."
    # call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": prompt}],
    )
    return completion.choices[0].message.content
