import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["MOONSHOT_API_KEY"], base_url="https://api.moonshot.cn/v1")


@dataclass
class Customer:
    email: str


def run(customer: Customer) -> str:
    prompt = "Write a greeting."

    def personalise() -> None:
        nonlocal prompt
        prompt = f"Write a greeting to {customer.email}."
        print(len(prompt))

    personalise()
    # flow: pii.contact.email -> moonshotai-cn/foreign
    completion = client.chat.completions.create(
        model="moonshot-v1-8k",
        messages=[{"role": "user", "content": prompt}],
    )
    return completion.choices[0].message.content
