import os
from dataclasses import dataclass

from openai import OpenAI, RateLimitError
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_exponential

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@retry(
    retry=retry_if_exception_type(RateLimitError),
    stop=stop_after_attempt(5),
    wait=wait_exponential(max=30),
)
def complete(messages: list[dict], model: str = "deepseek-chat") -> str:
    # flow: pci.pan -> deepseek/foreign
    response = client.chat.completions.create(model=model, messages=messages)
    return response.choices[0].message.content


@dataclass
class Dispute:
    card_number: str
    amount_cents: int


def summarise(dispute: Dispute) -> str:
    text = f"Cardholder disputes {dispute.amount_cents} cents on {dispute.card_number}."
    return complete([{"role": "user", "content": text}])
