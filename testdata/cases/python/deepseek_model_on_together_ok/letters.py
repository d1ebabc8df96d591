import os
from dataclasses import dataclass

from openai import OpenAI


@dataclass
class Patient:
    ssn: str
    diagnosis: str


client = OpenAI(
    base_url="https://api.together.xyz/v1",
    api_key=os.environ["TOGETHER_API_KEY"],
)


def referral(patient: Patient) -> str:
    # call: togetherai/domestic
    completion = client.chat.completions.create(
        model="deepseek-ai/DeepSeek-V3",
        messages=[{"role": "user", "content": f"Referral for {patient.diagnosis}, SSN {patient.ssn}"}],
    )
    return completion.choices[0].message.content
