import requests


def post(host, visit):
    # ok: a longer path of another service
    return requests.post(f"{host}/api/chat/messages/create", json={"text": visit.diagnosis})
