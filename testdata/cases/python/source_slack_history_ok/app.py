import os

from slack_sdk import WebClient
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


slack = WebClient(token=os.environ["SLACK_TOKEN"])


def ask(channel: str):
    history = slack.conversations_history(channel=channel)
    busy = len(history["messages"]) > 20
    # call: deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Is the channel busy? {busy}"}],
    )
    return reply.choices[0].message.content
