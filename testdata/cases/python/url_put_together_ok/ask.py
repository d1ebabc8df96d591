import requests


def ask(parts, visit):
    body = {"model": "m", "messages": [{"role": "user", "content": visit.diagnosis}]}
    # flow: phi.diagnosis -> unknown/unresolved
    return requests.post("/".join([parts.base, "v1", "chat/completions"]), json=body)
