from portkey_ai import Portkey

client = Portkey(api_key="unset", provider="@openai")


def ask(diagnosis: str) -> str:
    # call: portkey/domestic
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": diagnosis}])
