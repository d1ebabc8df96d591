import os
from dataclasses import dataclass

from openai import OpenAI

import brief.text
import full.text as full_text

client = OpenAI(api_key=os.environ["MOONSHOT_API_KEY"], base_url="https://api.moonshot.cn/v1")


@dataclass
class Employee:
    salary: int


def letter(employee: Employee, archive: list) -> str:
    archive.append(full_text.render(employee))
    # call: moonshotai-cn/foreign
    completion = client.chat.completions.create(
        model="moonshot-v1-8k",
        messages=[{"role": "user", "content": brief.text.render(employee)}],
    )
    return completion.choices[0].message.content
