from dataclasses import dataclass

from .clients import abroad as client


@dataclass
class Applicant:
    passport_number: str


def verify(applicant: Applicant) -> str:
    # flow: gov_id.passport -> deepseek/foreign
    completion = client.chat.completions.create(
        model="default",
        messages=[{"role": "user", "content": f"Format of {applicant.passport_number}?"}],
    )
    return completion.choices[0].message.content
