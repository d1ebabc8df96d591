import requests


def post(host, visit):
    body = {"model": "llama3", "messages": [{"role": "user", "content": visit.diagnosis}]}
    # flow: phi.diagnosis -> unknown/unresolved
    return requests.post(f"{host}/api/chat", json=body)
