import json

import requests


def summarise(diagnosis: str) -> dict:
    body = {
        "model": "deepseek/deepseek-chat",
        "messages": [{"role": "user", "content": diagnosis}],
        "provider": {"only": ["together"]},
    }
    # call: openrouter/domestic
    return requests.post("https://openrouter.ai/api/v1/chat/completions", json=body, timeout=30).json()
