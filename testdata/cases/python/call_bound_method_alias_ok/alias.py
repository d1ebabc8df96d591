import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")

create = client.chat.completions.create


@dataclass
class Patient:
    ssn: str


def ask(patient: Patient) -> str:
    prompt = f"Reference {1}: write a reminder."
    # call: deepseek/foreign
    reply = create(model="deepseek-chat", messages=[{"role": "user", "content": prompt}])
    return reply.choices[0].message.content
