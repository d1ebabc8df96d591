import os

from openai import OpenAI


def ask(patient):
    client = OpenAI(base_url=os.getenv("OPENAI_BASE_URL"))
    # call: openai/domestic
    return client.chat.completions.create(
        model="m", messages=[{"role": "user", "content": patient.diagnosis}]
    )
