import os

import dashscope
from dashscope import Generation

dashscope.api_key = os.environ["DASHSCOPE_API_KEY"]


def screen(resume_text: str) -> str:
    messages = [
        {"role": "system", "content": "Rate the fit for a backend role from 1 to 5."},
        {"role": "user", "content": resume_text},
    ]
    # flow: hr.resume -> alibaba-cn/foreign
    response = Generation.call(
        model="qwen-max",
        messages=messages,
        result_format="message",
    )
    return response.output.choices[0].message.content
