from openai import OpenAI

PROVIDERS = {"a": "https://api.deepseek.com", "b": "https://api.openai.com/v1"}


def ask(patient, name):
    # What a loop changes may be anything.
    while name.endswith(" "):
        name = name.strip()
    client = OpenAI(base_url=PROVIDERS[name])
    # flow: phi.diagnosis -> deepseek|openai/possible
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": patient.diagnosis}])


def main(patient):
    return ask(patient, "a ")
