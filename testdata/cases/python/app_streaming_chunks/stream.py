import os
from collections.abc import Iterator

from openai import OpenAI

client = OpenAI(api_key=os.environ["LLM_KEY"], base_url="https://api.longcat.chat/openai/v1")


def explain(credit_report: str) -> Iterator[str]:
    # flow: financial.credit -> longcat/foreign
    stream = client.chat.completions.create(
        model="LongCat-Flash-Chat",
        messages=[
            {"role": "system", "content": "Explain line by line."},
            {"role": "user", "content": credit_report},
        ],
        stream=True,
    )
    for chunk in stream:
        delta = chunk.choices[0].delta.content
        if delta:
            yield delta
