import os
import time

from openai import OpenAI

PING = "Reply with the single word pong."

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def latency() -> float:
    started = time.monotonic()
    # call: deepseek/foreign
    client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": PING}],
        max_tokens=4,
    )
    return time.monotonic() - started
