import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")

context = "none"


@dataclass
class Taxpayer:
    tax_id: str


def remember(taxpayer: Taxpayer) -> None:
    global context
    context = f"Taxpayer {taxpayer.tax_id}"
    print(len(context))


def ask(taxpayer: Taxpayer) -> str:
    remember(taxpayer)
    # flow: gov_id.tax_id -> deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Context: {context}. List the filing deadlines."}],
    )
    return completion.choices[0].message.content
