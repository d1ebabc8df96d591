import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Patient:
    lab_result: str


class Block:
    def __init__(self, title: str):
        self.title = title

    def wrap(self, body: str) -> str:
        return f"## {self.title}\n{body}"


def page(patient: Patient, printer) -> str:
    block = Block("Results")
    own = block.wrap(patient.lab_result)
    static = block.wrap("Reference ranges differ between laboratories.")
    printer.queue(own)
    # call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Proofread:\n{static}"}],
    )
    return completion.choices[0].message.content
