import os
from dataclasses import dataclass

from openai import OpenAI


@dataclass
class Employee:
    passport_number: str | None
    tax_id: str | None


client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def checklist(employee: Employee) -> str:
    complete = bool(employee.passport_number) and employee.tax_id is not None
    # call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"All papers present: {complete}. What is the next onboarding step?"}],
    )
    return completion.choices[0].message.content
