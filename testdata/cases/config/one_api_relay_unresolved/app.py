from openai import OpenAI

client = OpenAI(base_url="http://one-api:3000/v1", api_key="unset")


def ask(diagnosis: str) -> str:
    # flow: phi.diagnosis -> unknown/unresolved
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": diagnosis}])
