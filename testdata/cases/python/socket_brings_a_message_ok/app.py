import json

import websockets
from openai import OpenAI

client = OpenAI(base_url="https://dashscope.aliyuncs.com/compatible-mode/v1")


async def serve(url):
    async with websockets.connect(url) as socket:
        async for raw in socket:
            order = json.loads(raw)
            # call: alibaba-cn/foreign
            client.chat.completions.create(model="qwen-max", messages=[{"role": "user", "content": str(len(order["text"]))}])
