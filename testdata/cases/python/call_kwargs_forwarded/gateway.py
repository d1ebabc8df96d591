import os

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def complete(**options) -> str:
    # flow: hr.resume -> deepseek/foreign
    completion = client.chat.completions.create(model="deepseek-chat", **options)
    return completion.choices[0].message.content


def screen(resume_text: str, index: dict) -> str:
    messages = [{"role": "user", "content": "Rate: " + resume_text}]
    index["size"] = len(resume_text)
    return complete(messages=messages, temperature=0)
