from openai import OpenAI


def chosen(patient, far):
    base = None
    if far:
        base = "https://api.deepseek.com"
    client = OpenAI(base_url=base)
    # flow: phi.diagnosis -> deepseek|openai/possible
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": patient.diagnosis}])


def near_or_default(patient, near):
    client = OpenAI(base_url="http://localhost:11434/v1" if near else None)
    # call: local|openai/domestic
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": patient.diagnosis}])
