from openai import OpenAI


def options():
    wanted = {"api_key": None, "base_url": "https://api.deepseek.com", "timeout": 30}
    return {name: value for name, value in wanted.items() if value is not None}


def ask(patient):
    client = OpenAI(**options())
    # flow: phi.diagnosis -> deepseek/foreign
    return client.chat.completions.create(
        model="deepseek-chat", messages=[{"role": "user", "content": patient.diagnosis}]
    )
