import os

from fastapi import FastAPI
from openai import OpenAI
from pydantic import BaseModel

app = FastAPI()
client = OpenAI(base_url="https://api.deepseek.com", api_key=os.environ["KEY"])


class Ask(BaseModel):
    text: str


@app.post("/v1/explain")
async def explain(ask: Ask):
    # flow: user_input.freeform -> deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat", messages=[{"role": "user", "content": ask.text}]
    )
    return reply.choices[0].message.content
