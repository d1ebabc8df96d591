import os

import requests


def document(path):
    with open(path) as f:
        return f.read()


def ask(name):
    folder = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(folder, "uploads", name)) as f:
        text = f.read()
    # flow: document.internal -> deepseek/foreign
    requests.post(
        "https://api.deepseek.com/v1/chat/completions",
        json={"model": "deepseek-chat", "messages": [{"role": "user", "content": text}]},
    )
    with open("data/customers.json") as f:
        rows = f.read()
    # flow: document.internal -> deepseek/foreign
    return requests.post(
        "https://api.deepseek.com/v1/chat/completions",
        json={"model": "deepseek-chat", "messages": [{"role": "user", "content": rows + document(name)}]},
    )
