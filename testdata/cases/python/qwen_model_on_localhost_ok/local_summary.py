from dataclasses import dataclass

from openai import OpenAI


@dataclass
class Patient:
    ssn: str
    diagnosis: str


client = OpenAI(base_url="http://localhost:8000/v1", api_key="EMPTY")


def summary(patient: Patient) -> str:
    # call: local/local
    completion = client.chat.completions.create(
        model="Qwen/Qwen2.5-72B-Instruct",
        messages=[{"role": "user", "content": f"{patient.ssn}: {patient.diagnosis}"}],
    )
    return completion.choices[0].message.content
