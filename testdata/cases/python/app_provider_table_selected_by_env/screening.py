import os

from openai import OpenAI

from providers import PROVIDERS

row = PROVIDERS[os.environ["LLM_PROVIDER"]]
client = OpenAI(api_key=os.environ[row["key"]], base_url=row["base_url"])


def screen(cover_letter: str) -> str:
    # flow: hr.resume -> deepseek|openai/possible
    completion = client.chat.completions.create(
        model=row["model"],
        messages=[
            {"role": "system", "content": "Reply with invite or decline."},
            {"role": "user", "content": cover_letter},
        ],
    )
    return completion.choices[0].message.content
