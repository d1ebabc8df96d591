import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DASHSCOPE_API_KEY"], base_url="https://dashscope.aliyuncs.com/compatible-mode/v1")


@dataclass
class Customer:
    phone_number: str
    plan: str


def make_prompt(value: str):
    def render(task: str) -> str:
        return f"{task} ({value})"

    return render


def task(customer: Customer) -> str:
    personal = make_prompt(customer.phone_number)
    neutral = make_prompt(customer.plan)
    personal("logged only")
    # call: alibaba-cn/foreign
    completion = client.chat.completions.create(
        model="qwen-plus",
        messages=[{"role": "user", "content": neutral("Suggest an upgrade")}],
    )
    return completion.choices[0].message.content
