import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Employee:
    salary: int
    desk: str


def ask(line: str) -> str:
    # flow: hr.compensation -> deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Comment: {line}"}],
    )
    return completion.choices[0].message.content


def run(employees: list[Employee]) -> list[str]:
    lines = [f"{e.desk} {e.salary}" for e in employees]
    with ThreadPoolExecutor(max_workers=4) as pool:
        return list(pool.map(ask, lines))
