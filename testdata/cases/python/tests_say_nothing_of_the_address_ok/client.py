from openai import OpenAI


def ask(diagnosis: str, base_url: str = "https://api.openai.com/v1") -> str:
    client = OpenAI(base_url=base_url, api_key="unset")
    # call: openai/domestic
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": diagnosis}])
