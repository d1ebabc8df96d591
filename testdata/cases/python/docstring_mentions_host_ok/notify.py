import os
from dataclasses import dataclass

import requests


@dataclass
class Patient:
    ssn: str
    phone_number: str


def send_reminder(patient: Patient) -> int:
    """Queue a reminder.

    The old version did
    ``requests.post("https://api.deepseek.com/chat/completions", json={"messages": [patient.ssn]})``
    and was removed.
    """
    # ok: an SMS gateway, no LLM
    response = requests.post(
        "https://sms.gateway.example/v2/messages",
        headers={"X-Key": os.environ["SMS_KEY"]},
        json={"to": patient.phone_number, "text": "Your appointment is tomorrow."},
        timeout=10,
    )
    return response.status_code
