import os

from openai import OpenAI


def ask(patient):
    client = OpenAI(base_url=os.getenv("ASSISTANT_URL"))
    # flow: phi.diagnosis -> openai|unknown/unresolved
    return client.chat.completions.create(
        model="m", messages=[{"role": "user", "content": patient.diagnosis}]
    )
