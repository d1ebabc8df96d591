import os
from operator import itemgetter

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")

number_of = itemgetter("ssn")


def check(row: dict) -> str:
    number, salary = number_of(row), row.pop("salary")
    # flow: gov_id.ssn, hr.compensation -> deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Do {number} and {salary} look right?"}],
    )
    return completion.choices[0].message.content
