from anthropic import Anthropic
from openai import OpenAI

from settings import Settings
from tickets import SupportTicket


class Drafter:
    def __init__(self, settings: Settings):
        self.model = settings.llm_model
        self.client = OpenAI(base_url=settings.llm_base_url, api_key=settings.llm_api_key)
        self.claude = Anthropic()

    def draft(self, ticket: SupportTicket) -> str:
        prompt = f"{ticket.body}\n\nWritten by {ticket.customer_email}"
        if ticket.iban:
            prompt += f"\nRefund account: {ticket.iban}"
        completion = self.client.chat.completions.create(
            model=self.model,
            messages=[
                {"role": "system", "content": "Draft a polite answer."},
                {"role": "user", "content": prompt},
            ],
        )
        return completion.choices[0].message.content or ""

    def category(self, ticket: SupportTicket) -> str:
        message = self.claude.messages.create(
            model="claude-sonnet-4-5",
            max_tokens=20,
            messages=[{"role": "user", "content": f"One word category: {ticket.body}"}],
        )
        return message.content[0].text

    def product_faq(self, ticket: SupportTicket) -> str:
        completion = self.client.chat.completions.create(
            model=self.model,
            messages=[{"role": "user", "content": f"Five frequent questions about {ticket.product}"}],
        )
        return completion.choices[0].message.content or ""
