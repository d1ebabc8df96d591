import os

from openai import OpenAI

_client = None


def get_client() -> OpenAI:
    global _client
    if _client is None:
        _client = OpenAI(
            api_key=os.environ["LLM_API_KEY"],
            base_url=os.getenv("LLM_BASE_URL", "https://api.z.ai/api/paas/v4"),
        )
    return _client


def chat(messages: list[dict], model: str = "glm-4.6", **kwargs) -> str:
    # flow: special.immigration -> zai/foreign
    completion = get_client().chat.completions.create(model=model, messages=messages, **kwargs)
    return completion.choices[0].message.content
