import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Employee:
    salary: int


def note(employees: list[Employee]) -> str:
    value = "pay"
    total = [value for value in (e.salary for e in employees)]
    print(len(total))
    # flow: hr.compensation -> deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Explain: {total}"}],
    )
    return completion.choices[0].message.content
