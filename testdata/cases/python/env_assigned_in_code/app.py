import os

from openai import OpenAI

os.environ["OPENAI_BASE_URL"] = "https://api.deepseek.com/v1"


def ask(patient):
    # flow: phi.diagnosis -> deepseek/foreign
    return OpenAI().chat.completions.create(
        model="deepseek-chat", messages=[{"role": "user", "content": patient.diagnosis}]
    )
