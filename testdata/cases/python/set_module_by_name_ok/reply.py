import importlib


def reply(email: str) -> str:
    provider = importlib.import_module("providers.home")
    client = provider.client()
    # call: local/local
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content
