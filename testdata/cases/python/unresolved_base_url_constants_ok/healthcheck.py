import os

from openai import OpenAI

client = OpenAI(base_url=os.environ["GATEWAY_URL"], api_key=os.environ["GATEWAY_KEY"])


def alive() -> bool:
    # call: unknown/unresolved
    completion = client.chat.completions.create(
        model="default",
        messages=[{"role": "user", "content": "Say ok."}],
    )
    return "ok" in completion.choices[0].message.content.lower()
