from openai import OpenAI


class Assistant:
    def __init__(self, url):
        self.url = url
        self.client = self._connect()

    def _connect(self):
        return OpenAI(base_url=self.url)

    def ask(self, patient):
        # call: local/local
        return self.client.chat.completions.create(
            model="deepseek-chat", messages=[{"role": "user", "content": patient.diagnosis}]
        )


def main(patient):
    Assistant("http://localhost:8000/v1").ask(patient)
