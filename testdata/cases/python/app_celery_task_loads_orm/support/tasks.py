import os

from celery import shared_task
from openai import OpenAI

from .models import SupportTicket


def _client() -> OpenAI:
    return OpenAI(api_key=os.environ["MINIMAX_API_KEY"], base_url="https://api.minimax.io/v1")


@shared_task(bind=True, max_retries=3)
def suggest_reply(self, ticket_pk: int) -> str:
    ticket = SupportTicket.objects.get(pk=ticket_pk)
    # flow: customer.support_ticket -> minimax/foreign
    completion = _client().chat.completions.create(
        model="MiniMax-M1",
        messages=[
            {"role": "system", "content": "Draft a short, friendly answer."},
            {"role": "user", "content": ticket.description},
        ],
    )
    return completion.choices[0].message.content
