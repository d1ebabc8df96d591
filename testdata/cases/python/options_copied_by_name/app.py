from openai import OpenAI

FORWARDED = ("timeout", "base_url")


class Model:
    def __init__(self, **options):
        self.options = options

    def client(self) -> OpenAI:
        settings = {"api_key": "unset", "base_url": "http://localhost:8000/v1"}
        for name in FORWARDED:
            settings[name] = self.options[name]
        return OpenAI(**settings)


def ask(diagnosis: str) -> str:
    model = Model(timeout=30, organization="clinic", base_url="https://api.deepseek.com")
    # flow: phi.diagnosis -> deepseek|local/possible
    return model.client().chat.completions.create(
        model="m", messages=[{"role": "user", "content": diagnosis}]
    )
