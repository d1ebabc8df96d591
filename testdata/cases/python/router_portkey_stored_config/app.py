from portkey_ai import Portkey

client = Portkey(api_key="unset", config="pc-main-1234")


def ask(diagnosis: str) -> str:
    # flow: phi.diagnosis -> portkey/possible
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": diagnosis}])
