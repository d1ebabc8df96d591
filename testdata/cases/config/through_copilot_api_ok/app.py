from openai import OpenAI

client = OpenAI(base_url="http://vllm:8000/v1", api_key="unset")


def ask(diagnosis: str) -> str:
    # call: local/local
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": diagnosis}])
