import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Visit:
    symptom_description: str
    duration_minutes: int


def lines(visits: list[Visit]) -> str:
    body = "\n".join("%d. %s" % (n, visit.duration_minutes) for n, visit in enumerate(visits, 1))
    # call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": "Group these lines:\n" + body}],
    )
    return completion.choices[0].message.content
