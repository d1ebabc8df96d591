from openai import OpenAI


class Provider:
    def __init__(self):
        self.client = OpenAI(base_url="https://api.deepseek.com")

    def answer(self, patient):
        # flow: phi.diagnosis -> deepseek/foreign
        return self.client.chat.completions.create(
            model="deepseek-chat", messages=[{"role": "user", "content": patient.diagnosis}]
        )
