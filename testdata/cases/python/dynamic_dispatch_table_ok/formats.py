import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Employee:
    salary: int
    desk: str


def with_pay(employee: Employee) -> str:
    return f"{employee.desk}: {employee.salary}"


def without_pay(employee: Employee) -> str:
    return f"{employee.desk}: on file"


FORMATS = {"full": with_pay, "short": without_pay}


def describe(employee: Employee) -> str:
    line = FORMATS["short"](employee)
    # call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Rephrase: {line}"}],
    )
    return completion.choices[0].message.content
