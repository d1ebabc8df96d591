from openai import OpenAI

client = OpenAI(base_url="http://copilot-api:4141/v1", api_key="unset")


def ask(diagnosis: str) -> str:
    # flow: phi.diagnosis -> github-copilot/unresolved
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": diagnosis}])
