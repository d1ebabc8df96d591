import json
import os

import requests

config = {}


def load():
    global config
    with open("config.json", encoding="utf-8") as f:
        config = json.loads(f.read())


def prompt(name):
    folder = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(folder, "prompts", f"{name}.txt")) as f:
        return f.read()


def ask(name):
    # call: deepseek/foreign
    return requests.post(
        "https://api.deepseek.com/v1/chat/completions",
        json={
            "model": config.get("model") or "deepseek-chat",
            "messages": [{"role": "system", "content": prompt(name)}, {"role": "user", "content": config.get("greeting")}],
        },
    )
