import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["MOONSHOT_API_KEY"], base_url="https://api.moonshot.cn/v1")


@dataclass
class Payee:
    iban: str


def compare(left: Payee, right: Payee) -> str:
    if (value := left.iban) and right.iban:
        # call: moonshotai-cn/foreign
        completion = client.chat.completions.create(
            model="moonshot-v1-8k",
            messages=[{"role": "user", "content": f"Transfer check: {value == right.iban}"}],
        )
        return completion.choices[0].message.content
    return ""
