from openai import OpenAI

URLS = dict(cheap="https://api.deepseek.com/v1", quick="https://api.groq.com/openai/v1")


def ask(diagnosis: str, name: str) -> str:
    client = OpenAI(base_url=URLS["quick"], api_key="unset")
    # call: groq/domestic
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": diagnosis}])
