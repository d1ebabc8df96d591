import os
from dataclasses import dataclass

from openai import OpenAI


@dataclass
class Patient:
    ssn: str


class BaseLLM:
    base_url = "https://api.openai.com/v1"
    model = "gpt-4o-mini"

    def __init__(self):
        self.client = OpenAI(api_key=os.environ["LLM_API_KEY"], base_url=self.base_url)

    def ask(self, prompt: str) -> str:
        # call: openai/domestic
        completion = self.client.chat.completions.create(
            model=self.model,
            messages=[{"role": "user", "content": prompt}],
        )
        return completion.choices[0].message.content


class DeepSeekLLM(BaseLLM):
    base_url = "https://api.deepseek.com"
    model = "deepseek-chat"


def coverage(patient: Patient) -> str:
    return BaseLLM().ask(f"Check coverage of {patient.ssn}")
