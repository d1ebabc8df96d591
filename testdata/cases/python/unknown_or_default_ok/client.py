from openai import OpenAI


class Assistant:
    def __init__(self, base_url=None):
        self.client = OpenAI(base_url=base_url or "https://api.openai.com/v1")

    def ask(self, visit):
        # call: openai/domestic
        return self.client.chat.completions.create(
            model="m", messages=[{"role": "user", "content": visit.diagnosis}]
        )


def usual(visit):
    return Assistant().ask(visit)
