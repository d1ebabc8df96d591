import requests


def ask(patient):
    body = {"model": "deepseek-chat", "stream": False, "user": patient.email}
    body["messages"] = [{"role": "user", "content": f"Temperature {patient.temperature}, age {patient.age}"}]
    # flow: phi.vitals, pii.contact.email, pii.demographic.age -> deepseek/foreign
    return requests.post("https://api.deepseek.com/v1/chat/completions", json=body)
