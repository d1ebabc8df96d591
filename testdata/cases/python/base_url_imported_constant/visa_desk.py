import os
from dataclasses import dataclass

from openai import OpenAI

from settings import REQUEST_TIMEOUT, ZHIPU_BASE_URL, ZHIPU_MODEL


@dataclass
class Applicant:
    passport_number: str
    purpose: str


def check_application(applicant: Applicant) -> str:
    client = OpenAI(
        api_key=os.environ["ZHIPU_API_KEY"],
        base_url=ZHIPU_BASE_URL,
        timeout=REQUEST_TIMEOUT,
    )
    # flow: gov_id.passport -> zhipuai/foreign
    answer = client.chat.completions.create(
        model=ZHIPU_MODEL,
        messages=[
            {
                "role": "user",
                "content": "Does this passport number look well formed? " + applicant.passport_number,
            }
        ],
    )
    return answer.choices[0].message.content
