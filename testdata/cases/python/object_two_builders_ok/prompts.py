import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DASHSCOPE_API_KEY"], base_url="https://dashscope.aliyuncs.com/compatible-mode/v1")


@dataclass
class Employee:
    salary: int


class PromptBuilder:
    def __init__(self):
        self.lines: list[str] = []

    def add(self, line: str) -> "PromptBuilder":
        self.lines.append(line)
        return self

    def build(self) -> str:
        return "\n".join(self.lines)


def advise(employee: Employee, journal) -> str:
    personal = PromptBuilder()
    general = PromptBuilder()
    personal.add("Judge this pay.").add(f"Yearly pay: {employee.salary}")
    general.add("Explain what a pay band is.")
    journal.info(personal.build())
    # call: alibaba-cn/foreign
    completion = client.chat.completions.create(
        model="qwen-plus",
        messages=[{"role": "user", "content": general.build()}],
    )
    return completion.choices[0].message.content
