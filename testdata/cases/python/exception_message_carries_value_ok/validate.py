import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Taxpayer:
    tax_id: str


def validate(taxpayer: Taxpayer) -> None:
    if not taxpayer.tax_id.isdigit():
        raise ValueError("malformed")


def explain_failure(taxpayer: Taxpayer) -> str:
    try:
        validate(taxpayer)
    except ValueError as problem:
        # call: deepseek/foreign
        completion = client.chat.completions.create(
            model="deepseek-chat",
            messages=[{"role": "user", "content": f"Explain this error to the clerk: {problem}"}],
        )
        return completion.choices[0].message.content
    return ""
