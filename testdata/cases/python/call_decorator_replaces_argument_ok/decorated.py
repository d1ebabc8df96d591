import functools
import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Patient:
    diagnosis: str


def logged(func):
    @functools.wraps(func)
    def inner(text: str) -> str:
        print(func.__name__)
        return func("Explain how to read a lab sheet.")

    return inner


@logged
def ask(text: str) -> str:
    # todo-call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": text}],
    )
    return completion.choices[0].message.content


def explain(patient: Patient) -> str:
    return ask(f"Explain {patient.diagnosis}.")
