import os
from dataclasses import dataclass

from openai import OpenAI

KIMI_BASE_URL = "https://api.moonshot.cn/v1"
KIMI_MODEL = "moonshot-v1-8k"


@dataclass
class Employee:
    salary: float
    start_year: int


def explain_pay_band(employee: Employee) -> str:
    client = OpenAI(api_key=os.environ["MOONSHOT_API_KEY"], base_url=KIMI_BASE_URL)
    question = f"Is a yearly pay of {employee.salary} EUR in line with the market?"
    # flow: hr.compensation -> moonshotai-cn/foreign
    completion = client.chat.completions.create(
        model=KIMI_MODEL,
        messages=[
            {"role": "system", "content": "You are a compensation analyst."},
            {"role": "user", "content": question},
        ],
    )
    return completion.choices[0].message.content
