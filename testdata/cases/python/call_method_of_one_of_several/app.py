from openai import OpenAI
from vendor_sdk import VendorClient

import os

API_KEY = os.environ["ROUTER_API_KEY"]


class RouterClient:
    def __init__(self):
        self.session = {"api_key": API_KEY}

    def prepare(self, text):
        return {"messages": [{"role": "user", "content": text}]}


def ask(kind, patient):
    model = RouterClient() if kind == "router" else VendorClient()
    # The key that one kind of client holds is in no request that another prepares.
    options = model.prepare(patient.diagnosis)
    client = OpenAI(base_url="https://api.deepseek.com")
    # flow: phi.diagnosis -> deepseek/foreign
    return client.chat.completions.create(model="deepseek-chat", **options)
