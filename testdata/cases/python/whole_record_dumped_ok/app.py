import os

import json
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def explain(recipe: dict):
    record = json.dumps(recipe)
    # call: deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Explain to a child: {record}"}],
    )
    return reply.choices[0].message.content
