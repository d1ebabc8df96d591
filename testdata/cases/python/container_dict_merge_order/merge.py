import json
import os

from openai import OpenAI

client = OpenAI(api_key=os.environ["ZHIPU_API_KEY"], base_url="https://open.bigmodel.cn/api/paas/v4/")


def fill(iban: str) -> str:
    defaults = {"target": "n/a", "currency": "EUR"}
    given = {"target": iban}
    form = {**defaults, **given}
    # flow: financial.bank_account -> zhipuai/foreign
    completion = client.chat.completions.create(
        model="glm-4-plus",
        messages=[{"role": "user", "content": "Check the form " + json.dumps(form)}],
    )
    return completion.choices[0].message.content
