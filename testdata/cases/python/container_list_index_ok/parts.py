import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Patient:
    ssn: str


def check(patient: Patient) -> str:
    parts = [patient.ssn, "Answer with yes or no."]
    value = parts[1]
    # call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Is this complete? {value}"}],
    )
    return completion.choices[0].message.content
