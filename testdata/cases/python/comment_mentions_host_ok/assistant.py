import os
from dataclasses import dataclass

from openai import OpenAI


@dataclass
class Patient:
    ssn: str
    diagnosis: str


# ok: a host in a comment is no endpoint
# client = OpenAI(base_url="https://api.deepseek.com")
client = OpenAI(api_key=os.environ["OPENAI_API_KEY"])


def explain(patient: Patient) -> str:
    # used to post to https://api.moonshot.cn/v1/chat/completions
    # call: openai/domestic
    completion = client.chat.completions.create(
        model="gpt-4o",
        messages=[{"role": "user", "content": f"Explain {patient.diagnosis} for {patient.ssn}"}],
    )
    return completion.choices[0].message.content
