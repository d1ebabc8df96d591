from openai import OpenAI

import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--base-url", default="https://api.deepseek.com/v1")
parser.add_argument("--model", default="deepseek-chat")
args = parser.parse_args()


def reply(email: str) -> str:
    client = OpenAI(base_url=args.base_url, api_key="unused")
    # flow: pii.contact.email -> deepseek/foreign
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content
