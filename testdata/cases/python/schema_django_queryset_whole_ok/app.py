import os

from shop.models import Account
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def summarise(since):
    rows = list(Account.objects.filter(created__gte=since).only("plan", "seats"))
    # call: deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Summarise these accounts: {rows}"}],
    )
    return reply.choices[0].message.content
