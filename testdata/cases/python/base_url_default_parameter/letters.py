import os

from openai import OpenAI


class LetterWriter:
    def __init__(self, base_url: str = "https://api.deepseek.com", model: str = "deepseek-chat"):
        self.model = model
        self.client = OpenAI(api_key=os.environ["LLM_API_KEY"], base_url=base_url)

    def write(self, instructions: str) -> str:
        # flow: financial.bank_account -> deepseek/foreign
        reply = self.client.chat.completions.create(
            model=self.model,
            messages=[{"role": "user", "content": instructions}],
        )
        return reply.choices[0].message.content


def dunning_letter(debtor: dict) -> str:
    writer = LetterWriter()
    return writer.write(f"Draft a payment reminder. Collect from {debtor['iban']}.")
