import requests


def ask(customer):
    # flow: gov_id.ssn -> unknown/unresolved
    return requests.post(
        "https://llm.example.com/v1/messages",
        json={"model": "claude-sonnet-4-5", "messages": [{"role": "user", "content": f"{customer.ssn}"}]},
    )
