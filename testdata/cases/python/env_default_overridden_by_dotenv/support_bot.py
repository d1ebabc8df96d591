import os
from dataclasses import dataclass

from dotenv import load_dotenv
from openai import OpenAI

load_dotenv()


@dataclass
class Caller:
    phone_number: str
    topic_code: int


client = OpenAI(
    api_key=os.environ["LLM_API_KEY"],
    base_url=os.getenv("LLM_BASE_URL", "https://api.openai.com/v1"),
)


def region_of(caller: Caller) -> str:
    # flow: pii.contact.phone -> deepseek/foreign
    completion = client.chat.completions.create(
        model=os.getenv("LLM_MODEL", "gpt-4o-mini"),
        messages=[{"role": "user", "content": f"Which region does {caller.phone_number} belong to?"}],
    )
    return completion.choices[0].message.content
