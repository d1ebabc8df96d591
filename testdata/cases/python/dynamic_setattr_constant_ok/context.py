import os
from types import SimpleNamespace

from openai import OpenAI

client = OpenAI(api_key=os.environ["MOONSHOT_API_KEY"], base_url="https://api.moonshot.cn/v1")


def answer(date_of_birth: str) -> str:
    ctx = SimpleNamespace()
    setattr(ctx, "birth", date_of_birth)
    setattr(ctx, "tone", "friendly")
    # call: moonshotai-cn/foreign
    completion = client.chat.completions.create(
        model="moonshot-v1-8k",
        messages=[{"role": "user", "content": f"Write a card. Hint: {ctx.tone}"}],
    )
    return completion.choices[0].message.content
