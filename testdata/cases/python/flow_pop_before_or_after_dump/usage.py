import json
import os

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def tariff_hint(phone_number: str, minutes: int, gigabytes: float) -> str:
    line = {"phone_number": phone_number, "minutes": minutes, "gigabytes": gigabytes}
    body = json.dumps(line)
    line.pop("phone_number")
    # flow: pii.contact.phone -> deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Which tariff fits? {body}"}],
    )
    return completion.choices[0].message.content
