from openai import OpenAI

client = OpenAI(base_url="http://localhost:8080/v1", api_key="unset")


def ask(diagnosis: str) -> str:
    # flow: phi.diagnosis -> deepseek/foreign
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": diagnosis}])
