import os

import requests

STRIPE_SECRET_KEY = os.environ["STRIPE_SECRET_KEY"]


def explain():
    body = {"model": "deepseek-chat", "messages": [{"role": "user", "content": f"Is {STRIPE_SECRET_KEY} valid?"}]}
    # flow: credential.api_key -> deepseek/foreign
    return requests.post("https://api.deepseek.com/chat/completions", json=body)
