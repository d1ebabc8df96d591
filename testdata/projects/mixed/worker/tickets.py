import json
from dataclasses import dataclass


@dataclass
class SupportTicket:
    subject_line: str
    body: str
    customer_email: str
    iban: str | None
    product: str


def parse(raw: bytes) -> SupportTicket:
    return SupportTicket(**json.loads(raw))
