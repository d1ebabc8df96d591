import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["ZHIPU_API_KEY"], base_url="https://open.bigmodel.cn/api/paas/v4/")


@dataclass
class Payment:
    card_number: str


class Declined(Exception):
    def __init__(self, code: int, source: str):
        super().__init__(code)
        self.code = code
        self.source = source


def charge(payment: Payment) -> None:
    raise Declined(51, payment.card_number)


def advise(payment: Payment) -> str:
    try:
        charge(payment)
    except Declined as declined:
        # call: zhipuai/foreign
        completion = client.chat.completions.create(
            model="glm-4-plus",
            messages=[{"role": "user", "content": f"The bank said {declined.code}. What now?"}],
        )
        return completion.choices[0].message.content
    return ""
