from openai import OpenAI


def service(patient):
    client = OpenAI(base_url="inference/v1")
    # call: local/local
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": patient.diagnosis}])


def with_port(patient):
    client = OpenAI(base_url="gpu-box:8000/v1")
    # call: local/local
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": patient.diagnosis}])
