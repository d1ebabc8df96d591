"""What agents ask the model to do with a ticket."""

from dataclasses import dataclass

from openai import OpenAI

from .llm import make_client
from .settings import settings


@dataclass
class Ticket:
    subject: str
    customer_email: str
    iban: str


def answer(ticket: Ticket) -> str:
    reply = make_client().chat.completions.create(
        model="qwen-plus",
        messages=[
            {"role": "system", "content": "Write a friendly answer."},
            {"role": "user", "content": f"{ticket.subject}\nfrom {ticket.customer_email}, refund to {ticket.iban}"},
        ],
    )
    return reply.choices[0].message.content


def tag(subject_length: int) -> str:
    reply = make_client("openai").chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": f"Is a subject of {subject_length} letters long?"}],
    )
    return reply.choices[0].message.content


def summary(ticket: Ticket) -> str:
    client = OpenAI(base_url=settings().summary_url, api_key="none")
    reply = client.chat.completions.create(
        model="qwen2.5-7b-instruct",
        messages=[{"role": "user", "content": f"Summarise for {ticket.customer_email}"}],
    )
    return reply.choices[0].message.content
