import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["ZHIPU_API_KEY"], base_url="https://open.bigmodel.cn/api/paas/v4/")


@dataclass
class Borrower:
    credit_score: str


def guard(borrower: Borrower) -> str:
    try:
        score = float(len(borrower.credit_score))
    except ValueError:
        text = "unreadable"
    else:
        text = borrower.credit_score
        print(score)
    # flow: financial.credit -> zhipuai/foreign
    completion = client.chat.completions.create(
        model="glm-4-plus",
        messages=[{"role": "user", "content": f"State: {text}"}],
    )
    return completion.choices[0].message.content
