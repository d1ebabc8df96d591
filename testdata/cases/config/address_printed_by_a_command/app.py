import os

from openai import OpenAI


def ask(diagnosis: str) -> str:
    client = OpenAI(base_url=os.environ["LLM_URL"], api_key="unset")
    # flow: phi.diagnosis -> unknown/unresolved
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": diagnosis}])
