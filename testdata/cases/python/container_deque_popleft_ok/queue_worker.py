import os
from collections import deque
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Caller:
    phone_number: str


def work(caller: Caller, trace: list) -> str:
    jobs = deque()
    jobs.append("What is a country code?")
    trace.append(caller.phone_number)
    question = jobs.popleft()
    # call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": question}],
    )
    return completion.choices[0].message.content
