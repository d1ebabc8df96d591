import configparser

import openai
from openai import OpenAI

settings = configparser.ConfigParser()
settings.read("keys.ini")
openai.api_base = settings.get("model", "address")


def of_row(row, visit):
    client = OpenAI(base_url=row.base_url or "https://api.openai.com/v1")
    # flow: phi.diagnosis -> openai|unknown/unresolved
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": visit.diagnosis}])


def of_table(table, visit):
    client = OpenAI(base_url=table.get("base_url", "https://api.openai.com/v1"))
    # flow: phi.diagnosis -> openai|unknown/unresolved
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": visit.diagnosis}])


class Assistant:
    def __init__(self, base_url=None):
        self.client = OpenAI(base_url=base_url or "https://api.openai.com/v1")

    def ask(self, visit):
        # flow: phi.diagnosis -> openai|unknown/unresolved
        return self.client.chat.completions.create(
            model="m", messages=[{"role": "user", "content": visit.diagnosis}]
        )


def of_tenant(tenant, visit):
    return Assistant(tenant.base_url).ask(visit)


def by_module(visit):
    # flow: phi.diagnosis -> openai|unknown/unresolved
    return openai.ChatCompletion.create(model="m", messages=[{"role": "user", "content": visit.diagnosis}])
