from openai import OpenAI


class Conf:
    def __init__(self):
        self.base_url = "https://api.openai.com/v1"


def messages(text):
    return [{"role": "user", "content": text}]


class Agent:
    def __init__(self, config=None):
        self.config = config or Conf()
        self.client = OpenAI(base_url=self.config.base_url)

    def ask(self, patient):
        # call: openai/domestic
        return self.client.chat.completions.create(model="m", messages=messages(patient.diagnosis))


class Bare:
    def __init__(self, config=None):
        self.client = OpenAI(base_url=config.base_url)

    def ask(self, patient):
        # flow: phi.diagnosis -> unknown/unresolved
        return self.client.chat.completions.create(model="m", messages=messages(patient.diagnosis))
