from openai import OpenAI


def ask(diagnosis: str, base_url: str = "https://api.deepseek.com") -> str:
    client = OpenAI(base_url=base_url, api_key="unset")
    # flow: phi.diagnosis -> deepseek/foreign
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": diagnosis}])
