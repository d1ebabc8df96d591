import os

import attr

from visit import Visit
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def triage(visit: Visit):
    payload = attr.asdict(visit)
    # call: deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Where does this go? {payload}"}],
    )
    return reply.choices[0].message.content
