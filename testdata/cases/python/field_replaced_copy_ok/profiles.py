import os
from dataclasses import dataclass, replace

from openai import OpenAI

client = OpenAI(api_key=os.environ["MOONSHOT_API_KEY"], base_url="https://api.moonshot.cn/v1")


@dataclass(frozen=True)
class Customer:
    email: str
    plan: str


def pitch(customer: Customer) -> str:
    shown = replace(customer, email="withheld")
    # call: moonshotai-cn/foreign
    completion = client.chat.completions.create(
        model="moonshot-v1-8k",
        messages=[{"role": "user", "content": f"Pitch for {shown.email}"}],
    )
    return completion.choices[0].message.content
