from openai import OpenAI
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    base_url: str = "https://api.openai.com/v1"
    admin_email: str = "admin@example.org"


settings = Settings()


def given(patient):
    client = OpenAI(base_url=settings.base_url)
    # call: openai/domestic
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": patient.diagnosis}])


def contact():
    # What a deployment sets is no data of a person.
    client = OpenAI(base_url="https://api.deepseek.com")
    # call: deepseek/foreign
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": settings.admin_email}])
