import asyncio
import json
import os
from dataclasses import dataclass

import aiohttp

ENDPOINT = "https://open.bigmodel.cn/api/paas/v4/chat/completions"


@dataclass
class Taxpayer:
    tax_id: str
    filing_year: int


async def classify(taxpayer: Taxpayer) -> dict:
    headers = {
        "Authorization": f"Bearer {os.environ['ZHIPU_API_KEY']}",
        "Content-Type": "application/json",
    }
    data = json.dumps(
        {
            "model": "glm-4-flash",
            "messages": [{"role": "user", "content": f"Which country issues {taxpayer.tax_id}?"}],
        }
    )
    async with aiohttp.ClientSession() as session:
        # flow: gov_id.tax_id -> zhipuai/foreign
        async with session.post(ENDPOINT, headers=headers, data=data) as response:
            return await response.json()


if __name__ == "__main__":
    asyncio.run(classify(Taxpayer(tax_id=os.environ["TAX_ID"], filing_year=2025)))
