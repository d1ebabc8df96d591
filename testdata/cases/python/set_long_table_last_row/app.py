import os

from openai import OpenAI

URLS = {
    "a": "https://api.x.ai/v1",
    "b": "https://api.groq.com/openai/v1",
    "c": "https://api.cerebras.ai/v1",
    "d": "https://api.together.xyz/v1",
    "e": "https://api.fireworks.ai/inference/v1",
    "f": "https://api.perplexity.ai",
    "g": "https://integrate.api.nvidia.com/v1",
    "h": "https://api.sambanova.ai/v1",
    "i": "https://api.deepinfra.com/v1/openai",
    "z": "https://api.moonshot.cn/v1",
}


def answer(note_with_diagnosis: str, diagnosis: str) -> str:
    client = OpenAI(base_url=URLS[os.environ["LLM_ROW"]], api_key="unset")
    # flow: phi.diagnosis -> xai|groq|cerebras|togetherai|fireworks-ai|perplexity|nvidia|sambanova|deepinfra|moonshotai-cn/possible
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": diagnosis}])
