import os

from fhirclient import client as fhir
from fhirclient.models.patient import Patient
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def ask(key: str):
    smart = fhir.FHIRClient(settings={"app_id": "desk", "api_base": os.environ["FHIR"]})
    record = Patient.read(key, smart.server).as_json()
    # flow: phi.record -> deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Explain: {record}"}],
    )
    return reply.choices[0].message.content
