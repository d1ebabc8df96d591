from portkey_ai import Portkey

client = Portkey(api_key="unset", provider="deepseek")


def ask(diagnosis: str) -> str:
    # flow: phi.diagnosis -> portkey/foreign
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": diagnosis}])
