import os

import chainlit as cl
from openai import AsyncOpenAI

client = AsyncOpenAI(api_key=os.environ["SILICONFLOW_API_KEY"], base_url="https://api.siliconflow.cn/v1")


@cl.on_message
async def on_message(message: cl.Message):
    reply = cl.Message(content="")
    # flow: user_input.chat_message -> siliconflow-cn/foreign
    stream = await client.chat.completions.create(
        model="deepseek-ai/DeepSeek-V3",
        messages=[{"role": "user", "content": message.content}],
        stream=True,
    )
    async for part in stream:
        if token := part.choices[0].delta.content:
            await reply.stream_token(token)
    await reply.update()
