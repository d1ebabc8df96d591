import importlib


def reply(email: str) -> str:
    provider = importlib.import_module("providers.cheap")
    client = provider.client()
    # flow: pii.contact.email -> deepseek/foreign
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content
