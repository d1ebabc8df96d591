from openai import OpenAI

import argparse
import os

parser = argparse.ArgumentParser()
parser.add_argument("-u", "--url", dest="endpoint", default=os.environ.get("LLM_URL"))
args = parser.parse_args()


def reply(email: str) -> str:
    client = OpenAI(base_url=args.endpoint, api_key="unused")
    # call: openai/domestic
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content
