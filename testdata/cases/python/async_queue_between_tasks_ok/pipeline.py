import asyncio
import os
from dataclasses import dataclass

from openai import AsyncOpenAI

client = AsyncOpenAI(api_key=os.environ["MOONSHOT_API_KEY"], base_url="https://api.moonshot.cn/v1")


@dataclass
class Employee:
    salary: int


async def produce(queue: asyncio.Queue, employee: Employee) -> None:
    await queue.put("Pay on file")
    print(employee.salary > 0)


async def run(employee: Employee) -> str:
    queue: asyncio.Queue = asyncio.Queue()
    await produce(queue, employee)
    item = await queue.get()
    # call: moonshotai-cn/foreign
    completion = await client.chat.completions.create(
        model="moonshot-v1-8k",
        messages=[{"role": "user", "content": f"Comment: {item}"}],
    )
    return completion.choices[0].message.content
