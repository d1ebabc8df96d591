import os
from dataclasses import dataclass

from openai import OpenAI


@dataclass
class Patient:
    ssn: str
    diagnosis: str
    ward_code: str


client = OpenAI(
    api_key=os.environ["DEEPSEEK_API_KEY"],
    base_url="https://api.deepseek.com/v1",
)


def discharge_letter(patient: Patient) -> str:
    prompt = (
        "Write a short discharge letter.\n"
        f"Social security number: {patient.ssn}\n"
        f"Findings: {patient.diagnosis}\n"
    )
    # flow: gov_id.ssn, phi.diagnosis -> deepseek/foreign
    response = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": prompt}],
        temperature=0.2,
    )
    return response.choices[0].message.content
