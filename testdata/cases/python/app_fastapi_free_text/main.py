import os

from fastapi import FastAPI
from openai import AsyncOpenAI
from pydantic import BaseModel

app = FastAPI()
client = AsyncOpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


class RewriteRequest(BaseModel):
    text: str


@app.post("/rewrite")
async def rewrite(body: RewriteRequest) -> dict:
    # flow: user_input.freeform -> deepseek/foreign
    completion = await client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Rewrite politely: {body.text}"}],
    )
    return {"text": completion.choices[0].message.content}
