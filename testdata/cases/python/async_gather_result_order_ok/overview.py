import asyncio
import os
from dataclasses import dataclass

from openai import AsyncOpenAI

client = AsyncOpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Patient:
    diagnosis: str


async def findings(patient: Patient) -> str:
    await asyncio.sleep(0)
    return f"Findings: {patient.diagnosis}"


async def opening_hours() -> str:
    await asyncio.sleep(0)
    return "Monday to Friday, 8 to 17"


async def overview(patient: Patient) -> str:
    first, second = await asyncio.gather(findings(patient), opening_hours())
    # call: deepseek/foreign
    completion = await client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Rewrite politely: {second}"}],
    )
    return completion.choices[0].message.content
