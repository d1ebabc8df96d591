import os
from dataclasses import dataclass

from openai import OpenAI


@dataclass
class Customer:
    email: str
    iban: str
    plan: str


client = OpenAI(api_key=os.environ["MOONSHOT_API_KEY"], base_url="https://api.moonshot.cn/v1")


def pitch(customer: Customer) -> str:
    # call: moonshotai-cn/foreign
    completion = client.chat.completions.create(
        model="moonshot-v1-8k",
        messages=[{"role": "user", "content": f"Write a pitch for somebody on the {customer.plan} plan."}],
    )
    return completion.choices[0].message.content
