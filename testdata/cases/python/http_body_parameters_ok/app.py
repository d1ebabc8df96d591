import requests


def ask(patient, limits):
    body = {"model": limits.diagnosis, "temperature": patient.temperature, "stream": False}
    body["max_tokens"] = patient.age
    body["messages"] = [{"role": "user", "content": "Say hello"}]
    # call: deepseek/foreign
    return requests.post("https://api.deepseek.com/v1/chat/completions", json=body)
