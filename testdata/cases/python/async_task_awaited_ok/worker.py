import asyncio
import os
from dataclasses import dataclass

from openai import AsyncOpenAI

client = AsyncOpenAI(api_key=os.environ["MOONSHOT_API_KEY"], base_url="https://api.moonshot.cn/v1")


@dataclass
class Employee:
    performance_rating: int


async def describe(employee: Employee) -> str:
    await asyncio.sleep(0)
    return f"Rating {employee.performance_rating} of 5"


async def policy() -> str:
    return "Ratings are given once a year."


async def coach(employee: Employee, log) -> str:
    own = asyncio.create_task(describe(employee))
    general = asyncio.create_task(policy())
    log.debug("own=%s", await own)
    text = await general
    # call: moonshotai-cn/foreign
    completion = await client.chat.completions.create(
        model="moonshot-v1-8k",
        messages=[{"role": "user", "content": f"Give three tips. {text}"}],
    )
    return completion.choices[0].message.content
