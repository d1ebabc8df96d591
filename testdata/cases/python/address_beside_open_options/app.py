import json
import os

from llm import make


def ask(diagnosis: str) -> str:
    options = json.loads(os.environ["LLM_OPTIONS"])
    model = make(os.environ["LLM_PROVIDER"], **options)
    # flow: phi.diagnosis -> deepseek/foreign
    return model.invoke(diagnosis).content
