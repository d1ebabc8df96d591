from openai import OpenAI
from pydantic import Field
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    BASE_URL: str | None = Field(None)
    KEY: str = Field(...)


settings = Settings()


class Agent:
    def __init__(self, config: Settings | None = None):
        self.config = config or settings
        self.client = self._make()

    def _make(self):
        return OpenAI(base_url=self.config.BASE_URL)

    def ask(self, patient):
        # call: openai/domestic
        return self.client.chat.completions.create(model="m", messages=[{"role": "user", "content": patient.diagnosis}])


def main(patient):
    config = Settings(KEY="x", BASE_URL="https://api.openai.com/v1")
    Agent(config).ask(patient)
