import os

from openai import OpenAI


def setting(name):
    value = os.environ.get(name)
    if value == "yes":
        return True
    if value == "no":
        return False
    return value


def draft(note):
    base = setting("NOTES_URL")
    client = OpenAI(base_url=f"{base}/v1")
    # call: unknown/unresolved
    return client.chat.completions.create(model="house", messages=[{"role": "user", "content": "Write a haiku"}])
