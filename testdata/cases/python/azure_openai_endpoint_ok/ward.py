import os
from dataclasses import dataclass

from openai import AzureOpenAI


@dataclass
class Patient:
    ssn: str
    diagnosis: str


client = AzureOpenAI(
    azure_endpoint="https://clinic-eastus2.openai.azure.com",
    api_key=os.environ["AZURE_OPENAI_API_KEY"],
    api_version="2024-10-21",
)


def handover(patient: Patient) -> str:
    # call: azure/domestic
    completion = client.chat.completions.create(
        model="ward-gpt4o",
        messages=[{"role": "user", "content": f"Handover for {patient.ssn}: {patient.diagnosis}"}],
    )
    return completion.choices[0].message.content
