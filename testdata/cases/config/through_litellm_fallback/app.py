from openai import OpenAI

client = OpenAI(base_url="http://litellm:4000", api_key="unset")


def ask(diagnosis: str) -> str:
    # flow: phi.diagnosis -> deepseek|groq/possible
    return client.chat.completions.create(model="safe", messages=[{"role": "user", "content": diagnosis}])
