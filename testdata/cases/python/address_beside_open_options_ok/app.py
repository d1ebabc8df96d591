import json
import os

from llm import make


def ask(diagnosis: str) -> str:
    options = json.loads(os.environ["LLM_OPTIONS"])
    model = make(os.environ["LLM_PROVIDER"], **options)
    # call: openai/domestic
    return model.invoke(diagnosis).content
