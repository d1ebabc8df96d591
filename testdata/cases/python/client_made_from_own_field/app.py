from openai import OpenAI


class Assistant:
    def __init__(self, url):
        self.url = url
        self.client = self._connect()

    def _connect(self):
        return OpenAI(base_url=self.url)

    def ask(self, patient):
        # flow: phi.diagnosis -> deepseek/foreign
        return self.client.chat.completions.create(
            model="deepseek-chat", messages=[{"role": "user", "content": patient.diagnosis}]
        )


def main(patient):
    Assistant("https://api.deepseek.com").ask(patient)
