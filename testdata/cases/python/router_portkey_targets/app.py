from portkey_ai import Portkey

client = Portkey(api_key="unset", config={"strategy": {"mode": "fallback"}, "targets": [{"provider": "openai"}, {"provider": "deepseek"}]})


def ask(diagnosis: str) -> str:
    # flow: phi.diagnosis -> portkey/possible
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": diagnosis}])
