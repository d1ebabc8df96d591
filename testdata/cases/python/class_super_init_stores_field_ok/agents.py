import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Customer:
    email: str
    tier: str


class Agent:
    def __init__(self, context: str):
        self.context = context

    def run(self, question: str) -> str:
        # call: deepseek/foreign
        completion = client.chat.completions.create(
            model="deepseek-chat",
            messages=[{"role": "user", "content": f"{self.context}\n{question}"}],
        )
        return completion.choices[0].message.content


class SalesAgent(Agent):
    def __init__(self, customer: Customer):
        super().__init__(f"Customer: {customer.tier}")


def pitch(customer: Customer) -> str:
    return SalesAgent(customer).run("Write one sentence about the new release.")
