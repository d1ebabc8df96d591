import ollama


def ask(diagnosis: str) -> str:
    # call: ollama-cloud/domestic
    return ollama.chat(model="gpt-oss:120b-cloud", messages=[{"role": "user", "content": diagnosis}])
