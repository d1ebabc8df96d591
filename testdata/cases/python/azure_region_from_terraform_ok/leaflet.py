import os
from dataclasses import dataclass

from openai import AzureOpenAI


@dataclass
class Patient:
    ssn: str
    diagnosis: str


client = AzureOpenAI(
    azure_endpoint="https://ward-notes.openai.azure.com",
    api_key=os.environ["AZURE_OPENAI_API_KEY"],
    api_version="2024-10-21",
)


def leaflet(patient: Patient) -> str:
    # call: azure/domestic
    answer = client.chat.completions.create(
        model="ward-gpt4o",
        messages=[{"role": "user", "content": f"Write a leaflet about {patient.diagnosis}"}],
    )
    return answer.choices[0].message.content
