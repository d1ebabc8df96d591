import os
from dataclasses import dataclass

from openai import OpenAI


@dataclass
class Patient:
    social_security_number: str
    language_code: str


client = OpenAI(base_url=os.environ["INTAKE_LLM_URL"], api_key=os.environ["INTAKE_LLM_KEY"])


def coverage_question(patient: Patient) -> str:
    # flow: gov_id.ssn -> unknown/unresolved
    completion = client.chat.completions.create(
        model=os.environ["INTAKE_LLM_MODEL"],
        messages=[{"role": "user", "content": "Check coverage for " + patient.social_security_number}],
    )
    return completion.choices[0].message.content
