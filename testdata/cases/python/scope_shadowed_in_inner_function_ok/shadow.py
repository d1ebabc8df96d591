import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Patient:
    diagnosis: str


def outer(patient: Patient) -> str:
    text = f"Findings: {patient.diagnosis}"

    def send() -> str:
        text = "Say hello."
        # call: deepseek/foreign
        completion = client.chat.completions.create(
            model="deepseek-chat",
            messages=[{"role": "user", "content": text}],
        )
        return completion.choices[0].message.content

    print(len(text))
    return send()
