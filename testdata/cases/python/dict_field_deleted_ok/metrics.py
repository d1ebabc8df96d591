import json
import os

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def comment_on(ssn: str, calls: int, wait_minutes: int) -> str:
    stats = {"ssn": ssn, "calls": calls, "wait_minutes": wait_minutes}
    del stats["ssn"]
    # call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": "Comment on: " + json.dumps(stats)}],
    )
    return completion.choices[0].message.content
