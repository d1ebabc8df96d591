import os

from aiohttp import web
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def ask(request: web.Request):
    import asyncio

    body = asyncio.run(request.json())
    has = "ssn" in body
    # call: deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Is the form complete? {has}"}],
    )
    return reply.choices[0].message.content
