import json
import os

import httpx

ALLOWED = ("calls", "wait_minutes")


def summarise(ssn: str, diagnosis: str, calls: int, wait_minutes: int) -> str:
    record = {"ssn": ssn, "diagnosis": diagnosis, "calls": calls, "wait_minutes": wait_minutes}
    shared = {key: record[key] for key in ALLOWED}
    # call: deepseek/foreign
    response = httpx.post(
        "https://api.deepseek.com/chat/completions",
        headers={"Authorization": f"Bearer {os.environ['DEEPSEEK_API_KEY']}"},
        json={
            "model": "deepseek-chat",
            "messages": [{"role": "user", "content": "Comment on " + json.dumps(shared)}],
        },
    )
    return response.json()["choices"][0]["message"]["content"]
