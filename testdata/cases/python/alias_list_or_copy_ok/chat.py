import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Patient:
    medication: str


def chat(patient: Patient) -> str:
    history = [{"role": "system", "content": "You are a pharmacist."}]
    messages = list(history)
    history.append({"role": "user", "content": f"I take {patient.medication}."})
    # call: deepseek/foreign
    completion = client.chat.completions.create(model="deepseek-chat", messages=messages)
    return completion.choices[0].message.content
