import requests

API = "https://assistant.internal.example"


def nightly(visits):
    for visit in visits:
        requests.post(f"{API}/v1/explain", json={"text": visit.diagnosis}, timeout=30)
