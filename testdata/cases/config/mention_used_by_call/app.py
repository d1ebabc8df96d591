import os

from openai import OpenAI

client = OpenAI(base_url=os.environ["LLM_URL"])


def hello() -> str:
    # call: deepseek/foreign
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": "hi"}])
