import os

from openai import OpenAI

_client = OpenAI(
    api_key=os.environ["DASHSCOPE_API_KEY"],
    base_url="https://dashscope.aliyuncs.com/compatible-mode/v1",
)


def complete(prompt: str, *, model: str = "qwen-plus") -> str:
    # flow: phi.diagnosis -> alibaba-cn/foreign
    response = _client.chat.completions.create(
        model=model,
        messages=[{"role": "user", "content": prompt}],
    )
    return response.choices[0].message.content
