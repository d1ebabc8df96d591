from openai import OpenAI

from table import URLS


def client_for(name: str) -> OpenAI:
    return OpenAI(base_url=URLS.get(name), api_key="unset")


def ask(diagnosis: str) -> str:
    client = client_for("home")
    # call: local/local
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": diagnosis}])
