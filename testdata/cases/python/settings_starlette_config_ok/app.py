from openai import OpenAI
from starlette.config import Config

config = Config(".env")
BASE_URL = config("CLINIC_LLM_URL", default="https://api.deepseek.com")


def ask(diagnosis: str) -> str:
    client = OpenAI(base_url=BASE_URL, api_key="unset")
    # call: openai/domestic
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": diagnosis}])
