from openai import OpenAI

client = OpenAI(base_url="http://gateway:8080", api_key="unset")


def ask(diagnosis: str) -> str:
    # flow: phi.diagnosis -> deepseek/foreign
    return client.chat.completions.create(model="fast", messages=[{"role": "user", "content": diagnosis}])
