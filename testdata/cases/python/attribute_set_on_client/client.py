from openai import OpenAI


def always(patient, url):
    client = OpenAI()
    client.base_url = url
    # flow: phi.diagnosis -> unknown/unresolved
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": patient.diagnosis}])


def abroad(patient):
    client = OpenAI()
    client.base_url = "https://api.deepseek.com"
    # flow: phi.diagnosis -> deepseek/foreign
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": patient.diagnosis}])


def sometimes(patient, far):
    client = OpenAI()
    if far:
        client.base_url = "https://api.deepseek.com"
    # flow: phi.diagnosis -> deepseek|openai|unknown/possible
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": patient.diagnosis}])
