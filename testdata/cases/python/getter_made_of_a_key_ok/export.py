import os
from operator import itemgetter

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")

colour_of = itemgetter("colour")


def check(row: dict) -> str:
    seen = [row["ssn"]]
    seen.clear()
    seen.append(colour_of(row))
    width = row.pop("width")
    # call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Do {seen} and {width} look right?"}],
    )
    return completion.choices[0].message.content
