import requests

BASE = "https://api.deepseek.com"


def ask(visit):
    body = {"model": "deepseek-chat", "messages": [{"role": "user", "content": visit.diagnosis}]}
    # flow: phi.diagnosis -> deepseek/foreign
    return requests.post("/".join([BASE, "v1", "chat/completions"]), json=body)
