import os

from openai import OpenAI

from specs import SPECS

COPIED = ("timeout", "max_retries", "api_key", "default_headers")


class Reader:
    def __init__(self, provider: str, **options):
        self.provider = provider.lower()
        self.options = options

    def client(self) -> OpenAI:
        spec = SPECS.get(self.provider)
        if spec is None:
            raise ValueError(self.provider)
        settings = {"base_url": spec.base_url, "api_key": os.environ[spec.key_name]}
        for name in COPIED:
            if name in self.options:
                settings[name] = self.options[name]
        return OpenAI(**settings)


def read(provider: str, diagnosis: str) -> str:
    reader = Reader(provider, timeout=30, default_headers={"x-team": "intake"})
    # flow: phi.diagnosis -> deepseek|groq|alibaba/possible
    answer = reader.client().chat.completions.create(
        model="reader", messages=[{"role": "user", "content": diagnosis}]
    )
    return answer.choices[0].message.content
