import ollama


def ask(diagnosis: str) -> str:
    # call: local/local
    return ollama.chat(model="qwen3:8b", messages=[{"role": "user", "content": diagnosis}])
