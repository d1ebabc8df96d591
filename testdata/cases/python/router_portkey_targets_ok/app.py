from portkey_ai import Portkey

client = Portkey(api_key="unset", config={"strategy": {"mode": "loadbalance"}, "targets": [{"provider": "openai"}, {"provider": "groq"}]})


def ask(diagnosis: str) -> str:
    # call: portkey/domestic
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": diagnosis}])
