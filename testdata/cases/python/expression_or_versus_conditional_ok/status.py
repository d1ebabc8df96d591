import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Patient:
    insurance_number: str | None
    hiv_status: str | None


def status(patient: Patient) -> str:
    text = "known" if patient.hiv_status else "unknown"
    # call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Result on file: {text}. What are the next steps in general?"}],
    )
    return completion.choices[0].message.content
