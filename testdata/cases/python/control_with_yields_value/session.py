import os
from contextlib import contextmanager
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Patient:
    mrn: str


@contextmanager
def workspace(patient: Patient):
    handle = {"mrn": patient.mrn, "opened": True}
    try:
        yield handle
    finally:
        handle.clear()


def explain(patient: Patient) -> str:
    with workspace(patient) as current:
        # flow: phi.mrn -> deepseek/foreign
        completion = client.chat.completions.create(
            model="deepseek-chat",
            messages=[{"role": "user", "content": f"State of the workspace: {current['mrn']}"}],
        )
        return completion.choices[0].message.content
