import os

import json
from dataclasses import asdict

from visit import Visit
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def triage(visit: Visit):
    fields = asdict(visit)
    del fields["diagnosis"]
    payload = json.dumps(fields)
    # call: deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Where does this go? {payload}"}],
    )
    return reply.choices[0].message.content
