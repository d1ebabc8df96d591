from dataclasses import dataclass

from litellm import completion


@dataclass
class Payment:
    card_number: str
    amount_cents: int


def looks_suspicious(payment: Payment) -> bool:
    question = f"Card {payment.card_number} was charged {payment.amount_cents} cents at 3 am. Suspicious? yes/no"
    # flow: pci.pan -> deepseek/foreign
    response = completion(
        model="deepseek/deepseek-chat",
        messages=[{"role": "user", "content": question}],
    )
    return response.choices[0].message.content.lower().startswith("yes")
