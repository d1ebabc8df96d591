from openai import OpenAI

client = OpenAI(base_url="https://llm-abc.cn-shanghai.fcapp.run/v1", api_key="unset")


def ask(diagnosis: str) -> str:
    # flow: phi.diagnosis -> alibaba-function-compute/foreign
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": diagnosis}])
