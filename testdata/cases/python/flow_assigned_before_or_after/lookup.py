import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Patient:
    allergy: str


def lookup(patient: Patient, store: dict) -> str:
    context = "No context."
    context = f"Known: {patient.allergy}"
    # flow: phi.allergy -> deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"{context} Is ibuprofen safe in general?"}],
    )
    context = f"Known: {patient.allergy}"
    store["last"] = context
    return completion.choices[0].message.content
