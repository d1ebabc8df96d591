from dataclasses import dataclass

from openai import OpenAI


@dataclass
class Patient:
    ssn: str
    diagnosis: str


client = OpenAI()


def explain(patient: Patient) -> str:
    # call: openai/domestic
    response = client.responses.create(
        model="gpt-4.1",
        input=f"{patient.ssn} was told: {patient.diagnosis}. Explain in plain words.",
    )
    return response.output_text
