import os
from dataclasses import dataclass

from openai import OpenAI


@dataclass
class Customer:
    email: str
    plan: str


BASE_URL = os.getenv("OUTREACH_LLM_URL", "https://api.moonshot.ai/v1")
client = OpenAI(api_key=os.environ["OUTREACH_LLM_KEY"], base_url=BASE_URL)


def subject_line(customer: Customer) -> str:
    # flow: pii.contact.email -> moonshotai/foreign
    out = client.chat.completions.create(
        model="kimi-k2-0711-preview",
        messages=[
            {"role": "user", "content": f"Suggest a greeting for the owner of {customer.email}"},
        ],
        max_tokens=40,
    )
    return out.choices[0].message.content.strip()
