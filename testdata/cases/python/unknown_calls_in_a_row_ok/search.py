import os

import planner
import websearch
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def answer(customer_email: str) -> str:
    plan = planner.plan_for(customer_email)
    pages = websearch.crawl(plan)
    best = websearch.rank(pages)
    # call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Sum up {best}"}],
    )
    return completion.choices[0].message.content
