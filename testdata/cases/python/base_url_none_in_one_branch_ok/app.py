from openai import OpenAI


class Conf:
    def __init__(self):
        self.base_url = "https://api.deepseek.com"


class Agent:
    def __init__(self, conf: Conf):
        # What stands in for it is used when it is nothing, which it never is.
        self.client = OpenAI(base_url=conf.base_url if conf.base_url else None)

    def ask(self, patient):
        # flow: phi.diagnosis -> deepseek/foreign
        return self.client.chat.completions.create(model="m", messages=[{"role": "user", "content": patient.diagnosis}])


def fallback(patient, url=None):
    base = url or "http://localhost:8000/v1"
    # call: local/local
    return OpenAI(base_url=base).chat.completions.create(model="m", messages=[{"role": "user", "content": patient.diagnosis}])
