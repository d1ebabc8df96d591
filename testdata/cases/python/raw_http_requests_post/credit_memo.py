import os
from dataclasses import dataclass

import requests

API_URL = "https://api.deepseek.com/chat/completions"


@dataclass
class Borrower:
    credit_score: int
    annual_income: float


def credit_memo(borrower: Borrower) -> str:
    payload = {
        "model": "deepseek-chat",
        "messages": [
            {"role": "system", "content": "You write credit memos."},
            {
                "role": "user",
                "content": f"Score {borrower.credit_score}, income {borrower.annual_income}.",
            },
        ],
    }
    # flow: financial.credit, financial.income -> deepseek/foreign
    response = requests.post(
        API_URL,
        headers={"Authorization": f"Bearer {os.environ['DEEPSEEK_API_KEY']}"},
        json=payload,
        timeout=60,
    )
    response.raise_for_status()
    return response.json()["choices"][0]["message"]["content"]
