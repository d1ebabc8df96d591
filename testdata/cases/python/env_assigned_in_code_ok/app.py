import os

from openai import OpenAI

os.environ["SEARCH_BASE_URL"] = "https://api.deepseek.com/v1"


def ask(patient):
    # call: openai/domestic
    return OpenAI().chat.completions.create(
        model="gpt-4o", messages=[{"role": "user", "content": patient.diagnosis}]
    )
