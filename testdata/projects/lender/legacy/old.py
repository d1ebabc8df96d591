from openai import OpenAI

client = OpenAI(base_url="https://api.deepseek.com/v1")


def old(patient):
    return client.chat.completions.create(model="deepseek-chat", messages=[{"role": "user", "content": patient.ssn}])
