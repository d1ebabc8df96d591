import os
import re
from dataclasses import dataclass

from openai import OpenAI

EMAIL_RE = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


@dataclass
class Contact:
    email: str
    segment: str


client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def draft(contact: Contact) -> str:
    line = f"Write to {contact.email}, who is in segment {contact.segment}."
    safe = EMAIL_RE.sub("[EMAIL]", line)
    # call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": safe}],
    )
    return completion.choices[0].message.content
