from openai import OpenAI
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    optional_url: str | None = None
    required_url: str
    empty_url: str = ""


settings = Settings()


def optional(patient):
    client = OpenAI(base_url=settings.optional_url)
    # flow: phi.diagnosis -> openai|unknown/unresolved
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": patient.diagnosis}])


def required(patient):
    client = OpenAI(base_url=settings.required_url)
    # flow: phi.diagnosis -> unknown/unresolved
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": patient.diagnosis}])


def empty(patient):
    client = OpenAI(base_url=settings.empty_url)
    # flow: phi.diagnosis -> openai|unknown/unresolved
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": patient.diagnosis}])
