import os

from aiohttp import web
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def ask(request: web.Request):
    import asyncio

    body = asyncio.run(request.json())
    number = body["ssn"]
    # flow: gov_id.ssn -> deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Check {number}"}],
    )
    return reply.choices[0].message.content
