import os
from dataclasses import dataclass

import requests


@dataclass
class Customer:
    email: str
    phone_number: str


def push(customer: Customer) -> None:
    # ok: a CRM, no LLM endpoint
    response = requests.post(
        "https://crm.example.cn/api/v1/contacts",
        headers={"Authorization": f"Token {os.environ['CRM_TOKEN']}"},
        json={"email": customer.email, "phone": customer.phone_number, "content": "imported"},
        timeout=20,
    )
    response.raise_for_status()
