from openai import OpenAI

client = OpenAI(base_url="https://clinic-llm.up.railway.app/v1", api_key="unset")


def ask(diagnosis: str) -> str:
    # flow: phi.diagnosis -> app-hosting/unresolved
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": diagnosis}])
