import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["ZHIPU_API_KEY"], base_url="https://open.bigmodel.cn/api/paas/v4/")

TEMPLATE = "long"


@dataclass
class Borrower:
    loan_balance: float


def render(borrower: Borrower) -> str:
    match TEMPLATE:
        case "long":
            body = f"Outstanding: {borrower.loan_balance}"
        case "short":
            body = "Outstanding amounts apply."
        case _:
            body = "Unknown template."
    # flow: financial.credit -> zhipuai/foreign
    completion = client.chat.completions.create(
        model="glm-4-plus",
        messages=[{"role": "user", "content": body}],
    )
    return completion.choices[0].message.content
