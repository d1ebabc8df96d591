import os

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def estimate(clinical_note: str) -> str:
    size = len(clinical_note)
    # call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"How many tokens are {size} characters of English text?"}],
    )
    return completion.choices[0].message.content
