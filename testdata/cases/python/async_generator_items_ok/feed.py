import os
from dataclasses import dataclass

from openai import AsyncOpenAI

client = AsyncOpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Caller:
    phone_number: str
    topic_code: int


async def feed(callers: list[Caller]):
    for caller in callers:
        yield caller.topic_code


async def summary(callers: list[Caller]) -> str:
    items = [str(item) async for item in feed(callers)]
    # call: deepseek/foreign
    completion = await client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": "Group: " + ", ".join(items)}],
    )
    return completion.choices[0].message.content
