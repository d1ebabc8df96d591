import os
from dataclasses import dataclass

from openai import OpenAI

from prompts import build

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Patient:
    diagnosis: str


def explain(patient: Patient) -> str:
    # call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": build(patient)}],
    )
    return completion.choices[0].message.content
