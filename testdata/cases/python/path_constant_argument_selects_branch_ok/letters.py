import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Customer:
    email: str
    plan: str


def opening(customer: Customer, personal: bool) -> str:
    if personal:
        return f"Dear holder of {customer.email},"
    return f"Dear user of {customer.plan},"


def letter(customer: Customer) -> str:
    # call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": opening(customer, personal=False) + " we have news."}],
    )
    return completion.choices[0].message.content
