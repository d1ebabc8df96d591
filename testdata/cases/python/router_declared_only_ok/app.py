from openai import OpenAI

client = OpenAI(base_url="https://openrouter.ai/api/v1", api_key="unset")


def ask(diagnosis: str) -> str:
    # call: openrouter/domestic
    return client.chat.completions.create(
        model="deepseek/deepseek-chat", messages=[{"role": "user", "content": diagnosis}]
    )
