from openai import OpenAI


def home(patient):
    client = OpenAI(base_url="https://api.deepseek.com")
    client.base_url = "http://localhost:8000/v1"
    # call: local/local
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": patient.diagnosis}])


def other_attribute(patient):
    client = OpenAI()
    client.timeout = 30
    # call: openai/domestic
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": patient.diagnosis}])
