from openai import OpenAI

from settings import settings


def ask(diagnosis: str) -> str:
    client = OpenAI(base_url=settings.llm.base_url, api_key="unset")
    # flow: phi.diagnosis -> deepseek/foreign
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": diagnosis}])
