import os
from dataclasses import dataclass

from dotenv import load_dotenv
from openai import OpenAI

load_dotenv()

client = OpenAI()


@dataclass
class Claimant:
    date_of_birth: str
    incident: str


def age_check(claimant: Claimant) -> str:
    # flow: pii.demographic.dob -> alibaba-cn/foreign
    result = client.chat.completions.create(
        model=os.environ["CHAT_MODEL"],
        messages=[
            {"role": "user", "content": f"Was somebody born on {claimant.date_of_birth} of legal age in 2021?"},
        ],
    )
    return result.choices[0].message.content
