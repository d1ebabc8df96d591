import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Patient:
    ssn: str


def prompt_of(reference: str, topic: str) -> str:
    return f"Write about {topic}."


def write(patient: Patient) -> str:
    values = ("opening hours", patient.ssn)
    # flow: gov_id.ssn -> deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": prompt_of(*values)}],
    )
    return completion.choices[0].message.content
