from openai import OpenAI


def named(patient):
    # A word is no address of this network unless a part of the program is called so.
    client = OpenAI(base_url="placeholder")
    # flow: phi.diagnosis -> unknown/unresolved
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": patient.diagnosis}])


def pick(kind):
    if kind == "a":
        return "https://api.deepseek.com"
    return "2024-12-01-preview"


def mixed(patient, kind):
    client = OpenAI(base_url=pick(kind))
    # flow: phi.diagnosis -> deepseek/foreign
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": patient.diagnosis}])
