import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")

INCLUDE_IDENTIFIERS = True


@dataclass
class Patient:
    ssn: str
    ward_code: str


def summary(patient: Patient) -> str:
    prompt = f"Write a bed plan for ward {patient.ward_code}."
    if INCLUDE_IDENTIFIERS:
        prompt += f" Use {patient.ssn} as the reference."
    # flow: gov_id.ssn -> deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": prompt}],
    )
    return completion.choices[0].message.content
