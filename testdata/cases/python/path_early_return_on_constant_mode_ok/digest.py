import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["MOONSHOT_API_KEY"], base_url="https://api.moonshot.cn/v1")

MODE = "aggregate"


@dataclass
class Borrower:
    credit_score: int


def text_for(borrower: Borrower, total: int) -> str:
    if MODE == "aggregate":
        return f"There are {total} open files."
    return f"Credit score: {borrower.credit_score}"


def digest(borrower: Borrower, total: int) -> str:
    # call: moonshotai-cn/foreign
    completion = client.chat.completions.create(
        model="moonshot-v1-8k",
        messages=[{"role": "user", "content": text_for(borrower, total)}],
    )
    return completion.choices[0].message.content
