import hashlib
import os
from dataclasses import dataclass

from openai import OpenAI


@dataclass
class Person:
    ssn: str
    visits: int


client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def compare(left: Person, right: Person) -> str:
    a = hashlib.sha256(left.ssn.encode()).hexdigest()
    b = hashlib.sha256(right.ssn.encode()).hexdigest()
    # flow: gov_id.ssn -> deepseek/foreign
    result = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Are records {a} and {b} likely duplicates?"}],
    )
    return result.choices[0].message.content
