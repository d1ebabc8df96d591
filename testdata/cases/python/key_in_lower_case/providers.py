from openai import OpenAI

PROVIDERS = {"openai": "https://api.openai.com/v1", "deepseek": "https://api.deepseek.com"}


def ask(patient, name):
    client = OpenAI(base_url=PROVIDERS[name.lower()])
    # flow: phi.diagnosis -> deepseek/foreign
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": patient.diagnosis}])


def compared(patient, kind):
    kind = kind.strip().lower()
    url = "https://api.deepseek.com" if kind == "deepseek" else "https://api.openai.com/v1"
    client = OpenAI(base_url=url)
    # flow: phi.diagnosis -> deepseek/foreign
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": patient.diagnosis}])


def by_name(patient):
    ask(patient, "DeepSeek")
    return compared(patient, " DeepSeek")
