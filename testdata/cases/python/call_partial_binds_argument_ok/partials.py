import os
from dataclasses import dataclass
from functools import partial

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Borrower:
    annual_income: int
    branch: str


def prompt(task: str, value) -> str:
    return f"{task}: {value}"


def assess(borrower: Borrower) -> str:
    build = partial(prompt, "Assess", borrower.branch)
    # call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": build()}],
    )
    return completion.choices[0].message.content
