import requests


def ask(customer):
    body = {"model": "x", "messages": [{"role": "user", "content": customer.ssn}]}
    # flow: gov_id.ssn -> unknown/unresolved
    return requests.post("https://llm.partner-gateway.tech/v1/chat/completions", json=body)
