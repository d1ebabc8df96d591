from openai import OpenAI

client = OpenAI(base_url="http://192.168.7.20:8000/v1", api_key="unset")


def ask(diagnosis: str) -> str:
    # call: local/local
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": diagnosis}])
