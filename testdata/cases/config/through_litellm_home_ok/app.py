from openai import OpenAI

client = OpenAI(base_url="http://litellm:4000", api_key="unset")


def ask(diagnosis: str) -> str:
    # call: groq/domestic
    return client.chat.completions.create(model="safe", messages=[{"role": "user", "content": diagnosis}])
