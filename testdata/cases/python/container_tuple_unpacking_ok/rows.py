import os

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def split_row(row):
    *rest, score = row
    return rest, score


def comment(credit_score: int) -> str:
    rest, last = split_row(("Q3", "north", credit_score))
    # todo-call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": "Comment on the region " + " ".join(str(x) for x in rest)}],
    )
    return completion.choices[0].message.content
